import { StepOpenError } from '../../src/todo.ts';
import { WrongAnswerError, type Place } from './explain.ts';

/** A class of errors. */
export type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/**
 * Waits for work that must fail with a certain error, and returns that error. The error of an open
 * step is passed on.
 *
 * @param what the work in words, for example 'a move out of turn'
 * @param at the line to look at when no error is thrown; default: the line of the wrong error
 */
export async function refusalOf<E extends Error>(
  what: string,
  work: Promise<unknown>,
  kind: ErrorClass<E>,
  at?: Place,
): Promise<E> {
  try {
    await work;
  } catch (error) {
    if (error instanceof kind) return error;
    if (error instanceof StepOpenError || !(error instanceof Error)) throw error;
    throw new WrongAnswerError(
      `${what}: expected ${kind.name}, but ${error.name} was thrown: ${firstLine(error)}`,
      at ?? error,
    );
  }
  throw new WrongAnswerError(`${what}: expected ${kind.name}, but no error was thrown.`, at);
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? '';
}

/**
 * Waits for work that must succeed, and returns its result. The error of an open step is passed on.
 *
 * @param what the work in words, for example 'a move that met one conflict'
 * @param at the line to look at when it fails
 */
export async function acceptanceOf<T>(what: string, work: Promise<T>, at: Place | undefined): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StepOpenError || !(error instanceof Error)) throw error;
    throw new WrongAnswerError(
      `${what}: it must be accepted, but ${error.name} was thrown: ${firstLine(error)}`,
      at ?? error,
    );
  }
}
