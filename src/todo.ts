/** A step of an exercise that is still open was called. */
export class StepOpenError extends Error {
  override readonly name = 'StepOpenError';
  // Private, so that a test runner does not print it below a message that says it already.
  readonly #step: string;

  constructor(step: string, task: string) {
    super(`Exercise ${step}: ${task}`);
    this.#step = step;
  }

  /** The step as the page numbers it: '2.3'. */
  get step(): string {
    return this.#step;
  }
}

/**
 * Stands where code is missing that an exercise asks for. Replace the whole call.
 *
 * @param step the step of the exercise's page, as in '2.3'
 * @param task what is to be done here
 * @throws StepOpenError always
 */
export function todo(step: string, task: string): never {
  const error = new StepOpenError(step, task);
  Error.captureStackTrace(error, todo); // the place to look at is the caller's
  throw error;
}
