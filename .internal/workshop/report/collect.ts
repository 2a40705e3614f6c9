import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { TestCase, TestModule } from 'vitest/node';

import { isTypes, stepOf, type Outcome, type TestRun } from '../verdict.ts';
import { pathIn, type ReportedError } from './failure.ts';

/** A failed test, or a file that could not run, with its first error. */
export type FailedTest = { readonly name: string; readonly file: string; readonly error: ReportedError | undefined };

/**
 * Collects the results of a run.
 *
 * @param modules the test files, also those of earlier runs in watch mode
 * @param folder the folder of the exercise's own tests: `tests/exercise-01-start-game`
 * @param ended ids of tests whose end vitest has not reported yet
 * @param typesAreKnown whether the compiler has checked the current source
 */
export function collect(
  modules: readonly TestModule[],
  root: string,
  folder: string,
  ended: ReadonlyMap<string, 'passed' | 'failed'>,
  typesAreKnown: boolean,
): TestRun {
  const outcomes = modules
    .flatMap((module) =>
      [...module.children.allTests()].map((test) => outcomeOf(test, pathIn(root, module.moduleId), ended)),
    )
    .map((test) => (typesAreKnown || !isTypes(test) ? test : { ...test, state: 'skipped' as const }));
  const own = modules.filter((module) => pathIn(root, module.moduleId).startsWith(`${folder}/`));
  const unreadable = own.find((module) => module.errors().length > 0);
  const run = own.filter((module) => !['queued', 'pending'].includes(module.state()));
  return {
    outcomes,
    unreadable: unreadable === undefined ? undefined : pathIn(root, unreadable.moduleId),
    complete: testFilesIn(join(root, folder)).every((name) =>
      run.some((module) => pathIn(root, module.moduleId) === `${folder}/${name}`),
    ),
  };
}

function outcomeOf(test: TestCase, file: string, ended: ReadonlyMap<string, 'passed' | 'failed'>): Outcome {
  const { state, errors } = test.result();
  const known = state === 'pending' ? (ended.get(test.id) ?? 'skipped') : state;
  return { name: test.name, file, state: known, message: errors?.[0]?.message };
}

/** Everything that has failed, in order. */
export function failedTests(modules: readonly TestModule[], root: string): readonly FailedTest[] {
  return modules.flatMap((module) => {
    const file = pathIn(root, module.moduleId);
    const [broken] = module.errors();
    if (broken !== undefined) return [{ name: file, file, error: broken }];
    return [...module.children.allTests()].flatMap((test) => {
      const { state, errors } = test.result();
      return state === 'failed' ? [{ name: test.name, file, error: errors[0] }] : [];
    });
  });
}

/**
 * The other tests: how many belong to other exercises, and which have failed. Tests of given code
 * come first.
 */
export function otherTests(modules: readonly TestModule[], root: string, folder: string) {
  const isOwn = (path: string) => path.startsWith(`${folder}/`);
  const others = modules.filter(({ moduleId }) => !isOwn(pathIn(root, moduleId)));
  const given = failedTests(modules, root).filter(
    ({ name, file }) => isOwn(file) && file !== name && stepOf({ name }) === undefined && !isTypes({ name }),
  );
  const total = others.flatMap(({ children }) => [...children.allTests()]).length;
  return { total, failed: [...given, ...failedTests(others, root)] };
}

/** The same run, with a failure for a test that does not end. */
export function withFailed(run: TestRun, name: string, file: string): TestRun {
  const outcomes = run.outcomes.map((test) =>
    test.name === name && test.file === file ? { ...test, state: 'failed' as const } : test,
  );
  return { ...run, outcomes, complete: false };
}

function testFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  } catch {
    return [];
  }
}
