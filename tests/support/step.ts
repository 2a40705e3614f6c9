import { test } from 'vitest';

import { StepOpenError } from '../../src/todo.ts';
import { explained } from './explain.ts';

/** The number of failed tests of steps in this run: the types are checked only when it is zero. */
export const failures = { count: 0 };

/** Ends the running test from a place where the learner's code may catch errors. */
let endTest: (error: Error) => void = () => undefined;

/**
 * A test of a step of an exercise. A failure message begins with the step.
 *
 * @param number the step, as on the page of the exercise: '1.3'
 * @param behavior a sentence: the behavior of the game
 */
export function step(number: string, behavior: string, body: () => void | Promise<void>): void {
  test(`${number} ${behavior}`, async () => {
    const ended = new Promise<never>((_, reject) => {
      endTest = reject;
    });
    try {
      await Promise.race([body(), ended]);
    } catch (error) {
      failures.count += 1;
      throw withStep(number, explained(error));
    }
  });
}

/**
 * A test that passes from the start of its exercise. It tests given code.
 *
 * @param behavior a sentence: the behavior of that code
 */
export function there(behavior: string, body: () => void | Promise<void>): void {
  test(`(there) ${behavior}`, body);
}

/**
 * Ends the running test with this error. It never returns, because an endless loop that catches
 * every error would only call again.
 */
export function endTheTest(error: Error): Promise<never> {
  endTest(error);
  return new Promise(() => undefined);
}

/** The same error, with the step at the start of its message. */
function withStep(number: string, error: Error): Error {
  const { message } = error;
  error.message = messageFor(number, error);
  // The stack repeats the original message.
  if (error.stack !== undefined) error.stack = error.stack.replace(message, () => error.message);
  return error;
}

function messageFor(number: string, error: Error): string {
  if (!(error instanceof StepOpenError)) return `Exercise ${number}: ${error.message}`;
  const open = /^Exercise (\d+\.\d+):/.exec(error.message)?.[1];
  return open === number ? error.message : `Exercise ${number}: step ${String(open)} comes first. ${error.message}`;
}
