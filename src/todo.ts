/** The code has reached a step of an exercise that is still open. */
export class StepOpenError extends Error {
  override readonly name = 'StepOpenError';
  readonly step: string;

  /** @param step for example '2.3' */
  constructor(step: string, task: string) {
    super(`Exercise ${step}: ${task}`);
    this.step = step;
  }
}

/**
 * Marks code that an exercise asks for. Replace the whole call.
 *
 * @param step the step on the exercise's page, for example '2.3'
 * @param task what to do here
 * @throws StepOpenError always
 */
export function todo(step: string, task: string): never {
  const error = new StepOpenError(step, task);
  Error.captureStackTrace(error, todo); // so the stack begins at the caller
  throw error;
}
