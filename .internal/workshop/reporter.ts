import { join } from 'node:path';

import type { Reporter, TestModule, TestSpecification, Vitest } from 'vitest/node';

import { colorsFor } from './colors.ts';
import { readSteps, type PageStep } from './pages.ts';
import { findPlace, type Place } from './place.ts';
import { hashOfSource } from './source-hash.ts';
import { collect, failedTests } from './report/collect.ts';
import { EndlessTestGuard, type RunningTest } from './report/endless.ts';
import { pathIn } from './report/failure.ts';
import { tell } from './report/messages.ts';
import { remember } from './report/remember.ts';
import { Screen } from './report/screen.ts';
import { isTypes, judge, type TestRun, type Verdict } from './verdict.ts';

type Options = {
  /** The processor time, in seconds, that a test may take. */
  readonly patience?: number;
};

/**
 * Shows the run of an exercise's tests as a learner needs it: which steps are done, the first failure of the next one, and where to
 * go on. That comes as soon as the exercise's own tests have ended; all others follow in a line or two.
 * `npx vitest run --reporter=verbose` shows everything instead.
 */
export default class LearnerReporter implements Reporter {
  readonly #root = join(import.meta.dirname, '..', '..');
  readonly #home: Place;
  readonly #guard: EndlessTestGuard;
  readonly #screen = new Screen(this.#root, colorsFor(process.stdout), process.stdout);
  #vitest: Vitest | undefined;
  #place: Place;
  #pageSteps: readonly PageStep[] = [];
  #source = '';
  #waiting = new Set<string>();
  #isShown = false;
  #result: Verdict['result'] | undefined;
  /** The source that the compiler was last asked about. */
  #compiled = '';
  #asked = '';

  constructor({ patience = 10 }: Options = {}) {
    this.#home = findPlace(this.#root);
    this.#place = this.#home;
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
    this.#screen.begin(this.#vitest?.config.watch === true);
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
      this.#giveUp(running); // the thread has died in the middle of a test, as when there is no memory left
      return;
    }
    if (!this.#isShown) await this.#showVerdict();
    const others = this.#known().filter(({ moduleId }) => !this.#isOwn(moduleId));
    const given = failedTests(this.#known(), this.#root).filter(
      ({ name, file }) => this.#isOwnPath(file) && file !== name && !/^(\d+\.\d+|\(types\)) /.test(name),
    );
    this.#screen.showOthers(others, given, errors, modules.length > 0);
    tell({ kind: 'ended' });
    this.#askCompilerAgain();
  }

  /** Everything that is known: while watching, also the tests that did not have to run again. */
  #known(): readonly TestModule[] {
    return this.#vitest?.state.getTestModules() ?? [];
  }

  #collect(): TestRun {
    const folder = `tests/${this.#place.exercise?.name ?? ''}`;
    const run = collect(this.#known(), this.#root, folder, this.#guard.ended);
    const isStale = this.#compiled !== this.#source;
    const outcomes = run.outcomes.map((test) =>
      isStale && isTypes(test) ? { ...test, state: 'skipped' as const } : test,
    );
    return { ...run, outcomes };
  }

  async #showVerdict(): Promise<void> {
    const { exercise } = findPlace(this.#root);
    if (exercise === undefined || this.#hasMoved()) return;
    this.#isShown = true;
    const run = this.#collect();
    const verdict = judge(run, exercise, this.#pageSteps);
    this.#result = verdict.result;
    remember(this.#place, verdict, this.#source);
    const failed = failedTests(this.#known(), this.#root).filter(({ file }) => this.#isOwnPath(file));
    await this.#screen.showVerdict(verdict, run, failed, this.#place, this.#pageSteps);
    tell({ kind: 'verdict', exercise: exercise.number, solved: verdict.result === 'solved' });
  }

  /** A test does not end. Its thread cannot be asked to stop, so the whole program ends. */
  #giveUp(test: RunningTest): void {
    const { exercise } = this.#place;
    if (exercise === undefined) process.exit(1);
    const run = this.#collect();
    const outcomes = run.outcomes.map((outcome) =>
      outcome.name === test.name && outcome.file === pathIn(this.#root, test.file)
        ? ({ ...outcome, state: 'failed' } as const)
        : outcome,
    );
    const verdict = judge({ ...run, outcomes, complete: false }, exercise, this.#pageSteps);
    this.#screen.showEndless(test.name, this.#isShown ? undefined : verdict, this.#pageSteps);
    tell({ kind: 'endless' });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000).unref();
    // What was written has to arrive before the end.
    process.stdout.write('', () => process.exit(1));
  }

  /**
   * While watching, vitest runs what a change has touched, and the compiler's test imports nothing. So its last answer counts only for
   * the source that it was given for, and it is asked again when all other tests pass.
   */
  #askCompilerAgain(): void {
    const vitest = this.#vitest;
    if (vitest?.config.watch !== true || this.#result !== 'part' || this.#source === this.#asked) return;
    this.#asked = this.#source;
    const stale = this.#known().filter(({ moduleId, children }) => {
      return this.#isOwn(moduleId) && [...children.allTests()].some(isTypes);
    });
    const specifications = stale.flatMap(({ moduleId }) => vitest.getModuleSpecifications(moduleId));
    if (specifications.length > 0) setImmediate(() => void vitest.rerunTestSpecifications(specifications));
  }

  /** Whether the folder holds another exercise by now: what runs is of no use to anybody. */
  #hasMoved(): boolean {
    return findPlace(this.#root).exercise?.number !== this.#home.exercise?.number;
  }

  #isOwn(moduleId: string): boolean {
    return this.#isOwnPath(pathIn(this.#root, moduleId));
  }

  #isOwnPath(path: string): boolean {
    return path.startsWith(`tests/${this.#place.exercise?.name ?? ''}/`);
  }
}
