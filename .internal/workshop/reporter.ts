import { join, relative, sep } from 'node:path';

import type { Reporter, TestCase, TestModule } from 'vitest/node';

import type { Exercise } from './manifest.ts';
import { readSteps } from './pages.ts';
import { findPlace, type Place } from './place.ts';
import { writeProgress } from './progress.ts';

/** Ends a test run on an exercise's branch with one line: the next step, its file, and the page that explains it. */
export default class NextStepReporter implements Reporter {
  readonly #place: Place;

  constructor() {
    this.#place = findPlace(join(import.meta.dirname, '..', '..'));
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { root, manifest, exercise, branch } = this.#place;
    if (exercise === undefined) return;
    const own = modules.filter((module) => pathOf(module, root).startsWith(`tests/${exercise.name}/`));
    const tests = own.flatMap((module) => [...module.children.allTests()]);
    const unreadable = modules.find((module) => module.errors().length > 0);
    const failed = modules.flatMap((module) => [...module.children.allTests('failed')]);

    const passed = tests.filter((test) => test.result().state === 'passed').length;
    if (unreadable === undefined && tests.length > 0)
      writeProgress(root, exercise.number, { passed, total: tests.length });

    const next = manifest.exercises[exercise.number];
    console.log(`${lineFor(root, exercise, next, branch, failed, unreadable)}\n`);
  }
}

function lineFor(
  root: string,
  exercise: Exercise,
  next: Exercise | undefined,
  branch: string | undefined,
  failed: readonly TestCase[],
  unreadable: TestModule | undefined,
): string {
  if (unreadable !== undefined) {
    const file = pathOf(unreadable, root);
    return ` Stuck: ${file} could not be run at all. The first error above says why; often it is a typing mistake in src.`;
  }
  const broken = failed.map(stepOf).filter((number) => number !== undefined);
  const earlier = broken.find((number) => !belongsTo(exercise, number));
  if (earlier !== undefined) {
    return ` Next: step ${earlier} of an earlier exercise was right before, and is not any more. Its test above says what is missing.`;
  }
  const number = broken.toSorted(byNumber)[0];
  if (number !== undefined) {
    const step = readSteps(root, exercise.page).find((one) => one.number === number);
    const title = step === undefined ? '' : ` "${step.title}"`;
    const file = step?.file === undefined ? '' : `, in ${step.file}`;
    return ` Next: step ${number}${title}${file}. It is explained in ${exercise.page}`;
  }
  if (failed.length > 0)
    return ' Next: a test that is no step of the exercise fails. What it says above shows the way.';
  if (branch === exercise.solutionBranch)
    return ` This is the solution of exercise ${exercise.number}, and all of its tests pass.`;
  const onward =
    next === undefined
      ? 'It was the last one. README.md says how to go on.'
      : `Commit your work, then: git checkout ${next.branch}`;
  return ` Exercise ${exercise.number} is solved. Well done! ${onward}`;
}

/** The step that a test belongs to: its name begins with it. */
function stepOf(test: TestCase): string | undefined {
  return /^(\d+\.\d+) /.exec(test.name)?.[1];
}

function belongsTo(exercise: Exercise, number: string): boolean {
  return number.startsWith(`${exercise.number}.`);
}

function byNumber(one: string, other: string): number {
  const [oneExercise = 0, oneStep = 0] = one.split('.').map(Number);
  const [otherExercise = 0, otherStep = 0] = other.split('.').map(Number);
  return oneExercise - otherExercise || oneStep - otherStep;
}

function pathOf(module: TestModule, root: string): string {
  return relative(root, module.moduleId).split(sep).join('/');
}
