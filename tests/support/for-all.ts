import fc from 'fast-check';

import { explained } from './explain.ts';

/**
 * Runs a test for many values, always the same ones. It fails with the smallest value that it
 * finds.
 *
 * @param runs the number of values
 */
export function forAll<T>(values: fc.Arbitrary<T>, body: (value: T) => void, runs = 60): void {
  const { errorInstance } = fc.check(fc.property(values, body), { seed: 4, numRuns: runs });
  if (errorInstance !== null) throw explained(errorInstance);
}

/** The same for an asynchronous test. */
export async function forAllAsync<T>(
  values: fc.Arbitrary<T>,
  body: (value: T) => Promise<void>,
  runs = 60,
): Promise<void> {
  const { errorInstance } = await fc.check(fc.asyncProperty(values, body), { seed: 4, numRuns: runs });
  if (errorInstance !== null) throw explained(errorInstance);
}
