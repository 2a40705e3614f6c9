import type { Step } from '../steps.ts';
import { fingerprintOfImports } from './reached.ts';
import type { TestRun, TestRunner } from './test-runner.ts';
import type { Workbench } from './workbench.ts';

/**
 * These tests read more than they import. Other tests run again when an imported file has changed.
 */
const readsMore = /^tests\/terminal\/|types\.test\.ts$/;

/** The fingerprints of the test files that have passed. */
const passedBefore = new Set<string>();

/**
 * Shows a step and runs all of its tests, except those that have passed on the same files.
 *
 * @throws Error when the tests do not end, or a test file cannot run
 */
export async function runStep(bench: Workbench, runner: TestRunner, step: Step): Promise<readonly TestRun[]> {
  const changed = bench.show(step);
  const fingerprints = new Map(testFilesOf(step).map((path) => [path, fingerprintOf(step, path)]));
  const waiting = [...fingerprints].flatMap(([path, known]) => (passedBefore.has(known ?? '') ? [] : [path]));
  const tried = await runner.run({ tests: waiting, changed });
  if (tried === undefined) throw new Error(`The tests of ${step.name} do not end.`);
  if (tried.errors.length > 0) throw new Error(`${step.name}: ${tried.errors.join('\n')}`);
  for (const path of waiting) {
    const tests = tried.tests.filter(({ file }) => file === path);
    if (tests.length === 0) throw new Error(`${step.name}: ${path} has run no test.`);
    const fingerprint = fingerprints.get(path);
    if (fingerprint !== undefined && tests.every(hasPassed)) passedBefore.add(fingerprint);
  }
  return tried.tests;
}

/** A skipped test counts as passed, except the type test: it is skipped after a failure. */
export function hasPassed({ name, state }: TestRun): boolean {
  return state === 'passed' || (state === 'skipped' && !name.startsWith('(types) '));
}

function testFilesOf({ tree }: Step): readonly string[] {
  return [...tree.keys()].filter((path) => /^tests\/.*\.test\.ts$/.test(path));
}

function fingerprintOf(step: Step, path: string): string | undefined {
  return readsMore.test(path) ? undefined : fingerprintOfImports(step, path);
}
