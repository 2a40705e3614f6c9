import type { TestModule, Vitest } from 'vitest/node';

import { isTypes } from '../verdict.ts';

/** Runs everything once more. It waits for the run that is just ending. */
export async function runAllAgain(vitest: Vitest): Promise<void> {
  const all = await vitest.globTestSpecifications();
  setImmediate(() => void vitest.rerunTestSpecifications(all, true));
}

/**
 * Asks the compiler once more. Its test imports nothing, so vitest does not know that every change
 * concerns it.
 */
export function runTypesAgain(vitest: Vitest, own: readonly TestModule[]): void {
  const types = own.filter(({ children }) => [...children.allTests()].some(isTypes));
  const specifications = types.flatMap(({ moduleId }) => vitest.getModuleSpecifications(moduleId));
  if (specifications.length > 0) setImmediate(() => void vitest.rerunTestSpecifications(specifications));
}
