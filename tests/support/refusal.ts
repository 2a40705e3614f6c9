import { StepOpenError } from '../../src/todo.ts';
import { WrongAnswerError, type Place } from './explain.ts';

/** A class of errors. */
export type ErrorClass<E extends Error> = abstract new (...args: never[]) => E;

/**
 * Waits for work that has to fail with a certain error, and gives back that error. That a step is
 * still open is no such error.
 *
 * @param what the work in words, as in 'a move out of turn'
 * @param at the line to look at when it does not; where the wrong error was thrown, unless told
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
      `${what}: ${kind.name} was expected, and ${error.name} was thrown: ${firstLine(error)}`,
      at ?? error,
    );
  }
  throw new WrongAnswerError(`${what}: ${kind.name} was expected, and no error was thrown.`, at);
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? '';
}

/**
 * Waits for work that has to succeed, and gives back what came of it. That a step is still open is
 * told as it is.
 *
 * @param what the work in words, as in 'a move that met one conflict'
 * @param at the line to look at when it does not
 */
export async function acceptanceOf<T>(what: string, work: Promise<T>, at: Place | undefined): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StepOpenError || !(error instanceof Error)) throw error;
    throw new WrongAnswerError(
      `${what}: it should have been accepted, and ${error.name} was thrown: ${firstLine(error)}`,
      at ?? error,
    );
  }
}
