import { test } from 'vitest';

import { StepOpenError } from '../../src/todo.ts';

/**
 * A test that belongs to a step of an exercise. When it fails, the message begins with that step.
 *
 * @param number the step as the exercise's page numbers it: '1.3'
 * @param behavior a sentence: what the game does
 */
export function step(number: string, behavior: string, body: () => void | Promise<void>): void {
  test(`${number} ${behavior}`, async () => {
    try {
      await body();
    } catch (error) {
      throw error instanceof Error ? withStep(number, error) : error;
    }
  });
}

/**
 * A test that passes from the beginning of its exercise on: it shows what is given.
 *
 * @param behavior a sentence: what is there already
 */
export function given(behavior: string, body: () => void | Promise<void>): void {
  test(`(given) ${behavior}`, body);
}

/** The same error, in whose message the step comes first. */
function withStep(number: string, error: Error): Error {
  const { message } = error;
  error.message = messageFor(number, error);
  // The stack repeats the message as it was when the error was made.
  if (error.stack !== undefined) error.stack = error.stack.replace(message, () => error.message);
  return error;
}

function messageFor(number: string, error: Error): string {
  if (!(error instanceof StepOpenError)) return `Exercise ${number}: ${error.message}`;
  const open = /^Exercise (\d+\.\d+):/.exec(error.message)?.[1];
  return open === number ? error.message : `Exercise ${number}: step ${String(open)} comes first. ${error.message}`;
}
