import { join } from 'node:path';

import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';

import { noticeMoves } from './folders.ts';
import { readSteps, type PageStep } from './pages.ts';
import { findPlace } from './place.ts';
import { hashOfSource } from './source-hash.ts';
import { collect, failedTests, otherTests, withFailed } from './report/collect.ts';
import { EndlessTestGuard, endProgram, type RunningTest } from './report/endless.ts';
import { pathIn } from './report/failure.ts';
import { tell } from './report/messages.ts';
import { runAllAgain, runTypesAgain } from './report/overlooked.ts';
import { remember, rememberFailure } from './report/remember.ts';
import { Screen } from './report/screen.ts';
import { isTypes, judge, stepOf, type TestRun, type Verdict } from './verdict.ts';

/**
 * Shows a run of an exercise's tests: the steps, the first failure, and the next thing to do. It
 * appears as soon as the exercise's own tests end; the other tests follow in a line or two. `npx
 * vitest run --reporter=verbose` shows everything instead.
 */
export default class LearnerReporter implements Reporter {
  readonly #root = join(import.meta.dirname, '..', '..');
  /** A run is discarded when another exercise was checked out during it. */
  readonly #hasMoved = noticeMoves(this.#root);
  readonly #guard: EndlessTestGuard;
  readonly #screen = new Screen(this.#root, process.stdout);
  #vitest: Vitest | undefined;
  #place = findPlace(this.#root);
  #pageSteps: readonly PageStep[] = [];
  #source = '';
  #waiting = new Set<string>();
  #isShown = false;
  #result: Verdict['result'] | undefined;
  /** The source that the compiler checked last. */
  #compiled = '';
  #asked = '';

  /** @param options patience: the processor time, in seconds, that a test may take */
  constructor({ patience = 10 }: { readonly patience?: number } = {}) {
    this.#guard = new EndlessTestGuard(patience, (test) => {
      this.#giveUp(test);
    });
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#place = findPlace(this.#root);
    if (this.#hasMoved()) return;
    this.#pageSteps = readSteps(this.#root, this.#place.exercise?.page ?? '');
    this.#source = hashOfSource(this.#root);
    this.#waiting = new Set(specifications.map(({ moduleId }) => moduleId).filter((id) => this.#isOwn(id)));
    this.#isShown = false;
    this.#guard.reset();
    tell({ kind: 'began' });
    this.#screen.begin(this.#pageSteps, this.#vitest?.config.watch === true);
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#screen.log(content);
  }

  async onTestModuleEnd({ moduleId, children }: TestModule): Promise<void> {
    const hasCompiled = [...children.allTests()].some((test) => isTypes(test) && test.result().state !== 'skipped');
    if (hasCompiled && this.#isOwn(moduleId)) this.#compiled = this.#source;
    if (this.#waiting.delete(moduleId) && this.#waiting.size === 0) await this.#showVerdict();
  }

  async onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): Promise<void> {
    if (this.#hasMoved()) return;
    const [running] = this.#guard.running;
    if (errors.length > 0 && running !== undefined) {
      this.#giveUp(running); // the thread died during a test, for example without memory
      return;
    }
    if (!this.#isShown) await this.#showVerdict();
    // The same error often stops the other files as well: it is shown once.
    if (this.#result !== 'unreadable') {
      this.#screen.showOthers({
        ...otherTests(this.#known(), this.#root, this.#folder),
        errors,
        hasRun: modules.length > 0,
      });
    }
    tell({ kind: 'ended' });
    await this.#runWhatWasOverlooked();
  }

  /** All results: in watch mode, also those of tests that did not run again. */
  #known(): readonly TestModule[] {
    return this.#vitest?.state.getTestModules() ?? [];
  }

  #collect(): TestRun {
    return collect(this.#known(), this.#root, this.#folder, this.#guard.ended, this.#compiled === this.#source);
  }

  async #showVerdict(): Promise<void> {
    const { exercise } = this.#place;
    if (exercise === undefined || this.#hasMoved()) return;
    this.#isShown = true;
    const run = this.#collect();
    const verdict = judge(run, exercise, this.#pageSteps);
    this.#result = verdict.result;
    remember(this.#place, verdict, this.#source);
    const failed = failedTests(this.#known(), this.#root).filter(({ file }) => file.startsWith(`${this.#folder}/`));
    await this.#screen.showVerdict(verdict, run, failed, this.#place);
    tell({ kind: 'verdict', exercise: exercise.number, solved: verdict.result === 'solved' });
  }

  /** A test does not end. */
  #giveUp(test: RunningTest): void {
    const { exercise } = this.#place;
    if (exercise === undefined) process.exit(1);
    const run = this.#collect();
    const verdict = judge(withFailed(run, test.name, pathIn(this.#root, test.file)), exercise, this.#pageSteps);
    if (!this.#isShown && this.#place.branch !== exercise.solutionBranch)
      rememberFailure(this.#root, exercise.number, stepOf(test), this.#source);
    this.#screen.showEndless(test.name, this.#isShown ? undefined : verdict);
    tell({ kind: 'endless' });
    endProgram();
  }

  /**
   * Runs what vitest misses in watch mode: a file saved before the tests read it, and the types.
   */
  async #runWhatWasOverlooked(): Promise<void> {
    const vitest = this.#vitest;
    if (vitest?.config.watch !== true) return;
    if (hashOfSource(this.#root) !== this.#source) {
      await runAllAgain(vitest);
    } else if (this.#result === 'part' && this.#asked !== this.#source) {
      this.#asked = this.#source;
      const own = this.#known().filter(({ moduleId }) => this.#isOwn(moduleId));
      runTypesAgain(vitest, own);
    }
  }

  #isOwn(moduleId: string): boolean {
    return pathIn(this.#root, moduleId).startsWith(`${this.#folder}/`);
  }

  /** The folder of the exercise's own tests. */
  get #folder(): string {
    return `tests/${this.#place.exercise?.name ?? ''}`;
  }
}
