import fc from 'fast-check';

import { explained } from './explain.ts';

/**
 * Runs a test for many values, always the same ones. When it fails, it fails with the error of the
 * smallest value found.
 *
 * @param runs how many values are tried
 */
export function forAll<T>(values: fc.Arbitrary<T>, body: (value: T) => void, runs = 60): void {
  const { errorInstance } = fc.check(fc.property(values, body), { seed: 4, numRuns: runs });
  if (errorInstance !== null) throw explained(errorInstance);
}

/** The same for a body that has to be waited for. */
export async function forAllAsync<T>(
  values: fc.Arbitrary<T>,
  body: (value: T) => Promise<void>,
  runs = 60,
): Promise<void> {
  const { errorInstance } = await fc.check(fc.asyncProperty(values, body), { seed: 4, numRuns: runs });
  if (errorInstance !== null) throw explained(errorInstance);
}
