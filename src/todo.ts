/** A step of an exercise that is still open was called. Its message begins with the step: "Exercise 2.3: …". */
export class StepOpenError extends Error {
  override readonly name = 'StepOpenError';
}

/**
 * Stands where code is missing that an exercise asks for. Replace the whole call.
 *
 * @param step the step of the exercise's page, as in '2.3'
 * @param task what is to be done here
 * @throws StepOpenError always
 */
export function todo(step: string, task: string): never {
  const error = new StepOpenError(`Exercise ${step}: ${task}`);
  Error.captureStackTrace(error, todo); // the place to look at is the caller's
  throw error;
}
