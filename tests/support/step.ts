import { test } from 'vitest';

import { StepOpenError } from '../../src/todo.ts';
import { explained } from './explain.ts';

/** How many own tests have failed in this run: the types are checked only when none has. */
export const failures = { count: 0 };

/** Ends the test that is running, from a place whose errors the learner's code may catch. */
let endTest: (error: Error) => void = () => undefined;

/**
 * A test that belongs to a step of an exercise. When it fails, the message begins with that step.
 *
 * @param number the step as the page of the exercise numbers it: '1.3'
 * @param behavior a sentence: what the game does
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
 * A test that passes from the beginning of its exercise on. It shows what is there already.
 *
 * @param behavior a sentence: what is there
 */
export function there(behavior: string, body: () => void | Promise<void>): void {
  test(`(there) ${behavior}`, body);
}

/**
 * Ends the running test with this error, for good. The caller never goes on: an endless loop
 * that catches every error would only call again.
 */
export function endTheTest(error: Error): Promise<never> {
  endTest(error);
  return new Promise(() => undefined);
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
