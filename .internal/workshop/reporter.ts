import { join, relative, sep } from 'node:path';

import picocolors from 'picocolors';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

import { judge, type Outcome, type Verdict } from './verdict.ts';
import { findPlace, type Place } from './place.ts';
import { readSteps } from './pages.ts';
import { rememberRun, type ExerciseProgress } from './progress.ts';

/**
 * Shows the run of an exercise's tests as a learner needs it: which steps are done, the first failure of the next one, and in the last line
 * where to go on. `npx vitest run --reporter=verbose` shows everything instead.
 */
export default class LearnerReporter implements Reporter {
  readonly #place: Place;
  readonly #colors = picocolors.createColors(process.stdout.isTTY ? !process.env['NO_COLOR'] : false);
  #vitest: Vitest | undefined;

  constructor() {
    this.#place = findPlace(join(import.meta.dirname, '..', '..'));
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  /** While watching, each run begins with an empty screen. */
  onTestRunStart(): void {
    if (this.#vitest?.config.watch && process.stdout.isTTY) console.clear();
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    process.stdout.write(content);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { root, exercise } = this.#place;
    if (exercise === undefined) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const unreadable = modules.find((module) => module.errors().length > 0);
    const outcomes = tests.map((test) => outcomeOf(test, root));
    const verdict = judge(
      outcomes,
      this.#place,
      readSteps(root, exercise.page),
      unreadable && pathOf(unreadable, root),
    );

    if (verdict.total > 0) rememberRun(root, exercise.number, progressOf(verdict));
    console.log(`\n${drawVerdict(verdict, this.#colors)}`);
    if (unreadable !== undefined) this.#showErrors(unreadable.errors(), unreadable);
    const failure = tests.find((test) => test.result().state === 'failed' && test.name === verdict.firstFailure);
    if (failure !== undefined && unreadable === undefined) {
      console.log(` ${this.#colors.red('✗')} ${this.#colors.bold(failure.name)}\n`);
      this.#showErrors(failure.result().errors ?? [], failure);
    }
    console.log(` ${this.#colors.bold(verdict.next)}\n`);
  }

  #showErrors(errors: readonly unknown[], { project }: TestCase | TestModule): void {
    for (const error of errors) this.#vitest?.logger.printError(error, { project, showCodeFrame: true });
  }
}

function drawVerdict({ exercise, steps, others }: Verdict, colors: ReturnType<typeof picocolors.createColors>): string {
  const rows = steps.map(({ number, title, passed, total, state }) => {
    const mark = { done: colors.green('✓'), next: colors.red('✗'), later: colors.dim('·') }[state];
    const text = `${number.padEnd(4)} ${title}`.padEnd(38);
    const count = state === 'done' ? '' : colors.dim(`${passed} of ${total} tests`);
    return `   ${mark} ${state === 'later' ? colors.dim(text) : text} ${count}`.trimEnd();
  });
  const before = `   ${others.passed === others.total ? colors.green('✓') : colors.red('✗')}      what was there before`;
  const done = steps.filter(({ state }) => state === 'done').length;
  const bar = `${colors.green('█'.repeat(done))}${colors.dim('░'.repeat(steps.length - done))}`;
  return [
    ` ${colors.bold(`Exercise ${exercise.number}: ${exercise.title}`)}  ${bar} ${done} of ${steps.length} steps`,
    '',
    ...(others.total === 0 ? [] : [before]),
    ...rows,
    '',
  ].join('\n');
}

function progressOf({ passed, total, steps }: Verdict): ExerciseProgress {
  const counts = steps.map(({ number, passed: done, total: all }) => [number, { passed: done, total: all }] as const);
  return { passed, total, steps: Object.fromEntries(counts) };
}

function outcomeOf(test: TestCase, root: string): Outcome {
  return { name: test.name, file: pathOf(test.module, root), passed: test.result().state !== 'failed' };
}

function pathOf(module: TestModule, root: string): string {
  return relative(root, module.moduleId).split(sep).join('/');
}
