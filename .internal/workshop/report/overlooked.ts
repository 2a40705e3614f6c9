import type { TestModule, Vitest } from 'vitest/node';

import { isTypes } from '../verdict.ts';

/** Runs all tests once more, after the current run. */
export async function runAllAgain(vitest: Vitest): Promise<void> {
  const all = await vitest.globTestSpecifications();
  setImmediate(() => void vitest.rerunTestSpecifications(all, true));
}

/**
 * Runs the type check once more. It imports nothing, so vitest does not know that a change affects
 * it.
 */
export function runTypesAgain(vitest: Vitest, own: readonly TestModule[]): void {
  const types = own.filter(({ children }) => [...children.allTests()].some(isTypes));
  const specifications = types.flatMap(({ moduleId }) => vitest.getModuleSpecifications(moduleId));
  if (specifications.length > 0) setImmediate(() => void vitest.rerunTestSpecifications(specifications));
}
