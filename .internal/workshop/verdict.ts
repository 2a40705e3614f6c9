import type { Exercise } from './manifest.ts';
import type { PageStep } from './pages.ts';
import type { Place } from './place.ts';

/** How one test ended. */
export type Outcome = { readonly name: string; readonly file: string; readonly passed: boolean };

/** How a step stands: done, the next one to do, or one for later. */
type StepVerdict = {
  readonly number: string;
  readonly title: string;
  readonly passed: number;
  readonly total: number;
  readonly state: 'done' | 'next' | 'later';
};

/** What a run of the tests means for a learner. */
export type Verdict = {
  readonly exercise: Exercise;
  readonly steps: readonly StepVerdict[];
  /** The tests of the steps of this exercise. */
  readonly passed: number;
  readonly total: number;
  /** The tests of earlier exercises, and of what is given. */
  readonly others: { readonly passed: number; readonly total: number };
  /** The name of the test whose failure is to be looked at first. */
  readonly firstFailure: string | undefined;
  /** One line: what to do next. */
  readonly next: string;
};

/**
 * Says what a run of the tests means for somebody in an exercise.
 *
 * @param unreadable a test file that could not be run at all, if there is one
 */
export function judge(
  outcomes: readonly Outcome[],
  place: Place,
  pageSteps: readonly PageStep[],
  unreadable: string | undefined,
): Verdict {
  const { exercise } = place;
  if (exercise === undefined) throw new Error('there are no steps on the main branch');
  const isOwn = (outcome: Outcome) =>
    outcome.file.startsWith(`tests/${exercise.name}/`) && stepOf(outcome) !== undefined;
  const own = outcomes.filter(isOwn);
  const others = outcomes.filter((outcome) => !isOwn(outcome));
  const brokenBefore = others.find(({ passed }) => !passed);

  const numbers = [...new Set(own.flatMap((outcome) => stepOf(outcome) ?? []))].toSorted(byNumber);
  const open = numbers.find((number) => own.some((outcome) => stepOf(outcome) === number && !outcome.passed));
  const steps = numbers.map((number): StepVerdict => {
    const tests = own.filter((outcome) => stepOf(outcome) === number);
    const passed = count(tests);
    const state = passed === tests.length ? 'done' : number === open ? 'next' : 'later';
    const title = pageSteps.find((step) => step.number === number)?.title ?? '';
    return { number, title, passed, total: tests.length, state };
  });

  return {
    exercise,
    steps,
    passed: count(own),
    total: own.length,
    others: { passed: count(others), total: others.length },
    firstFailure: brokenBefore?.name ?? own.find((outcome) => stepOf(outcome) === open && !outcome.passed)?.name,
    next: nextLine(place, exercise, pageSteps, unreadable, brokenBefore, open),
  };
}

function nextLine(
  { manifest, branch }: Place,
  exercise: Exercise,
  pageSteps: readonly PageStep[],
  unreadable: string | undefined,
  brokenBefore: Outcome | undefined,
  open: string | undefined,
): string {
  if (unreadable !== undefined) {
    return `Next: ${unreadable} could not be run at all. The error above says why; often it is a typing mistake in src.`;
  }
  if (brokenBefore !== undefined) {
    return `Next: "${brokenBefore.name}" was right before, and is not any more. What it says above shows the way.`;
  }
  if (open !== undefined) {
    const step = pageSteps.find(({ number }) => number === open);
    const file = step?.file === undefined ? '' : `, in ${step.file}`;
    return `Next: step ${open} "${step?.title ?? ''}"${file}. It is explained in ${exercise.page}`;
  }
  if (branch === exercise.solutionBranch) {
    return `This is the solution of exercise ${exercise.number}, and all of its tests pass.`;
  }
  const next = manifest.exercises[exercise.number];
  const onward =
    next === undefined ? 'It was the last one. README.md says how to go on.' : 'Go on with: npm run workshop -- next';
  return `Exercise ${exercise.number} is solved. Well done! ${onward}`;
}

/** The step that a test belongs to: its name begins with it. */
function stepOf({ name }: Outcome): string | undefined {
  return /^(\d+\.\d+) /.exec(name)?.[1];
}

function byNumber(one: string, other: string): number {
  return Number(one.split('.')[1]) - Number(other.split('.')[1]);
}

function count(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ passed }) => passed).length;
}
