import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Reporter, TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node';

import { readSteps } from '../../workshop/pages.ts';
import type { Place } from '../../workshop/place.ts';
import { collect, failedTests, withFailed } from '../../workshop/report/collect.ts';
import { EndlessTestGuard, type RunningTest } from '../../workshop/report/endless.ts';
import { failureOf, pathIn } from '../../workshop/report/failure.ts';
import { loopingLine } from '../../workshop/report/looping-line.ts';
import { sentenceOf } from '../../workshop/report/paper.ts';
import { remember, rememberFailure } from '../../workshop/report/remember.ts';
import { hashOfSource } from '../../workshop/source-hash.ts';
import { isTypes, judge, stepOf, type TestRun } from '../../workshop/verdict.ts';
import type { FailureView } from '../messages.ts';
import type { TestNews } from './test-messages.ts';

/** The processor time that a test may take, in seconds. Somebody is looking at the page. */
const patience = 4;

type ExercisePlace = Place & { readonly exercise: NonNullable<Place['exercise']> };

/** Tells the server of the learning page how the tests of an exercise go, file by file. */
export class LearnReporter implements Reporter {
  readonly #place: ExercisePlace;
  readonly #guard: EndlessTestGuard;
  #vitest: Vitest | undefined;
  #source = '';
  /** The source that the compiler checked last. */
  #compiled = '';

  constructor(place: ExercisePlace) {
    this.#place = place;
    this.#guard = new EndlessTestGuard(patience, (test) => void this.#giveUp(test));
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(_specifications: readonly TestSpecification[]): void {
    this.#source = hashOfSource(this.#place.root);
    this.#guard.reset();
    tell({ kind: 'began' });
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    tell({ kind: 'printed', text: content });
  }

  onTestModuleEnd({ moduleId, children }: TestModule): void {
    if (!this.#isOwn(moduleId)) return;
    const hasCompiled = [...children.allTests()].some((test) => isTypes(test) && test.result().state !== 'skipped');
    if (hasCompiled) this.#compiled = this.#source;
    this.#tellResult();
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly { readonly message: string }[]): void {
    const [running] = this.#guard.running;
    if (errors.length > 0 && running !== undefined) {
      void this.#giveUp(running); // the thread died during a test, for example without memory
      return;
    }
    remember(this.#place, judge(this.#collect(), this.#place.exercise, this.#pageSteps), this.#source);
    this.#tellResult();
    tell({ kind: 'ended', ...(errors[0] !== undefined && { problem: errors[0].message }) });
  }

  #collect(): TestRun {
    const isCompiled = this.#compiled === this.#source;
    return collect(this.#modules(), this.#place.root, this.#folder, this.#guard.ended, isCompiled);
  }

  #tellResult(run = this.#collect()): void {
    const { failure, ...verdict } = judge(run, this.#place.exercise, this.#pageSteps);
    const view = this.#failureView(verdict.result === 'unreadable' ? { file: run.unreadable } : (failure ?? {}));
    tell({ kind: 'result', result: { ...verdict, ...(view !== undefined && { failure: view }) } });
  }

  #failureView({ name, file = name }: { name?: string; file?: string | undefined }): FailureView | undefined {
    const { root } = this.#place;
    const failed = failedTests(this.#modules(), root).find((one) => one.file === file && one.name === (name ?? file));
    if (failed?.error === undefined) return undefined;
    const files = this.#pageSteps.flatMap((step) => step.file ?? []);
    const code = this.#codeOf(failed.name, failed.file);
    return {
      ...failureOf(failed.error, root, failed.name, files),
      test: sentenceOf(failed.name),
      file: failed.file,
      ...(code !== undefined && { code }),
    };
  }

  /** The lines of a test in its file. */
  #codeOf(name: string, file: string): FailureView['code'] {
    const module = this.#modules().find(({ moduleId }) => pathIn(this.#place.root, moduleId) === file);
    const test = [...(module?.children.allTests() ?? [])].find((one: TestCase) => one.name === name);
    if (test?.location === undefined) return undefined;
    const firstLine = test.location.line;
    const [first = '', ...rest] = readFileSync(join(this.#place.root, file), 'utf8')
      .split('\n')
      .slice(firstLine - 1);
    const indent = /^ */.exec(first)?.[0] ?? '';
    const end = first.endsWith(';') ? 0 : rest.findIndex((line) => line.startsWith(`${indent}}`)) + 1;
    const lines = [first, ...rest.slice(0, end)].map((line) => line.slice(indent.length));
    return { firstLine, text: lines.join('\n') };
  }

  /** A test does not end, so this program has to. */
  async #giveUp(test: RunningTest): Promise<void> {
    const { root, exercise } = this.#place;
    rememberFailure(root, exercise.number, stepOf(test), this.#source);
    this.#tellResult(withFailed(this.#collect(), test.name, pathIn(root, test.file)));
    const files = this.#pageSteps.flatMap((step) => step.files);
    const at = await loopingLine(root, files);
    const news: TestNews = { kind: 'endless', test: test.name, ...(at !== undefined && { at }) };
    // A thread that the debugger has stopped keeps the program from ending by itself.
    process.send?.(news, () => process.kill(process.pid, 'SIGKILL'));
  }

  #modules(): readonly TestModule[] {
    return this.#vitest?.state.getTestModules() ?? [];
  }

  #isOwn(moduleId: string): boolean {
    return pathIn(this.#place.root, moduleId).startsWith(`${this.#folder}/`);
  }

  get #folder(): string {
    return `tests/${this.#place.exercise.name}`;
  }

  get #pageSteps() {
    return readSteps(this.#place.root, this.#place.exercise.page);
  }
}

function tell(news: TestNews): void {
  process.send?.(news);
}
