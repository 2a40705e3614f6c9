import type { Exercise } from './manifest.ts';
import type { PageStep } from './pages.ts';

/** The result of one test. A test that did not run counts as skipped. */
export type Outcome = {
  readonly name: string;
  /** From the top of the repository, with slashes. */
  readonly file: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** The message of the failure. */
  readonly message?: string | undefined;
};

/** The results of a test run. */
export type TestRun = {
  readonly outcomes: readonly Outcome[];
  /** A test file of the exercise that could not run. */
  readonly unreadable?: string | undefined;
  /** Whether every test file of the exercise ran. */
  readonly complete: boolean;
};

type Counts = { readonly passed: number; readonly total: number };

/** The state of a step: done, next, or later. */
type StepVerdict = Counts & {
  /** '2.3', or 'types' for the type check, which is the last row. */
  readonly number: string;
  readonly title: string;
  readonly state: 'done' | 'next' | 'later';
};

/** The meaning of a test run for the learner. */
export type Verdict = {
  readonly exercise: Exercise;
  readonly steps: readonly StepVerdict[];
  /** Whether all steps are known: every test of the exercise ran. */
  readonly complete: boolean;
  /** The tests that have to pass: those of the steps and of the types. */
  readonly passed: number;
  readonly total: number;
  /** The tests of this exercise for given code. */
  readonly there: Counts & { readonly failed: number };
  readonly result:
    | 'unreadable' // a test file could not run
    | 'none' // no test of a step ran
    | 'open' // a step is open
    | 'types' // the steps pass, but the type check fails
    | 'part' // all tests that ran pass, but some did not run
    | 'solved';
  /** The step to work on. */
  readonly open: string | undefined;
  /** The failed test to look at first. */
  readonly failure: Outcome | undefined;
};

const typesTitle = 'It compiles';

/**
 * The meaning of a test run for an exercise. Only the exercise's own tests count, not those of
 * earlier exercises.
 */
export function judge(run: TestRun, exercise: Exercise, pageSteps: readonly PageStep[]): Verdict {
  const own = run.outcomes.filter(({ file }) => file.startsWith(`tests/${exercise.name}/`));
  const stepTests = own.filter((outcome) => stepOf(outcome) !== undefined);
  const typeTests = own.filter(isTypes);
  const wrongType = typeTests.find(({ state }) => state === 'failed');

  const numbers = [...new Set(stepTests.flatMap((outcome) => stepOf(outcome) ?? []))].toSorted(byNumber);
  const ofStep = (number: string) => stepTests.filter((outcome) => stepOf(outcome) === number);
  const failing = numbers.find((number) => ofStep(number).some(({ state }) => state === 'failed'));
  const named = wrongType?.message === undefined ? undefined : /^Exercise (\d+\.\d+):/.exec(wrongType.message)?.[1];
  const open = failing ?? (wrongType === undefined ? undefined : (named ?? 'types'));

  const rows = numbers.map((number) => {
    const title = pageSteps.find((step) => step.number === number)?.title ?? '';
    return rowOf(number, title, ofStep(number), failing);
  });
  const typesRow = rowOf('types', typesTitle, typeTests, failing === undefined && wrongType ? 'types' : undefined);
  const counted = [...stepTests, ...typeTests];
  const others = own.filter((outcome) => !counted.includes(outcome));
  const verdict = {
    exercise,
    steps: typeTests.length === 0 ? rows : [...rows, typesRow],
    complete: run.complete && run.unreadable === undefined && stepTests.every(({ state }) => state !== 'skipped'),
    ...count(counted),
    there: { ...count(others), failed: others.filter(({ state }) => state === 'failed').length },
    open,
  };
  const isWhole = verdict.complete && verdict.passed === verdict.total;
  if (run.unreadable !== undefined) return { ...verdict, result: 'unreadable', failure: undefined };
  if (verdict.total === 0) return { ...verdict, result: 'none', failure: undefined };
  if (failing !== undefined) return { ...verdict, result: 'open', failure: firstFailed(ofStep(failing)) };
  if (wrongType !== undefined) return { ...verdict, result: 'types', failure: wrongType };
  return { ...verdict, result: isWhole ? 'solved' : 'part', failure: undefined };
}

/** Whether a test checks that the exercise compiles. It runs when all others pass. */
export function isTypes({ name }: { readonly name: string }): boolean {
  return name.startsWith('(types) ');
}

/** The step of a test: its name begins with it. */
export function stepOf({ name }: { readonly name: string }): string | undefined {
  return /^(\d+\.\d+) /.exec(name)?.[1];
}

function rowOf(number: string, title: string, tests: readonly Outcome[], next: string | undefined): StepVerdict {
  const { passed, total } = count(tests);
  const state = passed === total ? 'done' : number === next ? 'next' : 'later';
  return { number, title, passed, total, state };
}

function firstFailed(outcomes: readonly Outcome[]): Outcome | undefined {
  return outcomes.find(({ state }) => state === 'failed');
}

function byNumber(one: string, other: string): number {
  return Number(one.split('.')[1]) - Number(other.split('.')[1]);
}

function count(outcomes: readonly Outcome[]): Counts {
  return { passed: outcomes.filter(({ state }) => state === 'passed').length, total: outcomes.length };
}
