import { StepOpenError } from '../../src/todo.ts';

/**
 * The error that some work ends with, or `undefined` when it succeeds. That a step is still open is no refusal: it is thrown on.
 */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StepOpenError) throw error;
    return error;
  }
  return undefined;
}
