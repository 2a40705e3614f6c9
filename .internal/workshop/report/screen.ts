import { clearLine, cursorTo } from 'node:readline';

import type { TestModule } from 'vitest/node';

import type { Colors } from '../colors.ts';
import type { PageStep } from '../pages.ts';
import type { Place } from '../place.ts';
import { counted, textWidth } from '../text.ts';
import type { TestRun, Verdict } from '../verdict.ts';
import type { FailedTest } from './collect.ts';
import { failedTests } from './collect.ts';
import { drawFailure } from './draw-failure.ts';
import { drawText, drawVerdict } from './draw-verdict.ts';
import { failureOf, type ReportedError } from './failure.ts';
import { caller } from './messages.ts';
import { nextLine } from './next-line.ts';
import { solvedLines } from './solved.ts';
import { whatWasWritten } from './what-was-written.ts';

/** Writes what a learner sees of a run, in its order: the verdict, and then a word on all other tests. */
export class Screen {
  readonly #root: string;
  readonly #colors: Colors;
  readonly #stream: NodeJS.WriteStream;
  #files: readonly string[] = [];
  #lastLine = '';
  #isWaiting = false;
  /** Whether nothing was run that belongs to the exercise. */
  #isAside = false;

  constructor(root: string, colors: Colors, stream: NodeJS.WriteStream) {
    this.#root = root;
    this.#colors = colors;
    this.#stream = stream;
  }

  /** Says at once that something happens. While watching, each run begins with an empty screen. */
  begin(watching: boolean): void {
    this.#lastLine = '';
    if (!this.#stream.isTTY) return;
    if (watching) console.clear();
    this.#stream.write(this.#colors.dim(' The tests are running …'));
    this.#isWaiting = true;
  }

  log(content: string): void {
    this.#endWaiting();
    this.#stream.write(content);
  }

  async showVerdict(
    verdict: Verdict,
    run: TestRun,
    failed: readonly FailedTest[],
    place: Place,
    pageSteps: readonly PageStep[],
  ): Promise<void> {
    const { exercise, failure, result } = verdict;
    this.#files = pageSteps.flatMap(({ file }) => file ?? []);
    const lines = result === 'none' ? [''] : ['', ...drawVerdict(verdict, this.#colors, this.#width)];
    const shown = failed.find(({ name, file }) =>
      result === 'unreadable' ? name === run.unreadable : name === failure?.name && file === failure.file,
    );
    if (shown !== undefined) lines.push(...this.#draw(shown), '');
    if (result === 'solved' && place.branch === exercise.solutionBranch) {
      lines.push(...this.#bold(`This is the solution of exercise ${exercise.number}, and all of its tests pass.`));
    } else if (result === 'solved') {
      const card = await whatWasWritten(place, exercise);
      const [praise = '', ...rest] = solvedLines(verdict, place.manifest, card, caller(), this.#width - 1);
      lines.push(` ${this.#colors.bold(this.#colors.green(praise))}`, ...rest.map((line) => ` ${line}`.trimEnd()));
    } else {
      this.#lastLine = nextLine(verdict, run, pageSteps, caller() === 'watch');
      lines.push(...this.#bold(this.#lastLine));
    }
    this.#isAside = result === 'none';
    if (!this.#isAside) this.#write([...lines, '']);
  }

  /**
   * What there is to say about all other tests: one quiet line when they pass. When some do not, the first of them.
   *
   * @param others the test files that are not the exercise's own
   * @param given the failures of its own tests that show what is given
   * @param errors what nobody has caught
   * @param hasRun whether there was any test file to run
   */
  showOthers(
    others: readonly TestModule[],
    given: readonly FailedTest[],
    errors: readonly unknown[],
    hasRun: boolean,
  ): void {
    const failed = [...given, ...failedTests(others, this.#root)];
    const [first] = failed;
    const total = others.flatMap((module) => [...module.children.allTests()]).length;
    const [uncaught] = errors;
    if (uncaught !== undefined) {
      const failure = failureOf(uncaught as ReportedError, this.#root, '', this.#files);
      this.#note('An error was thrown that nothing waited for. Is an "await" missing?', failure);
    }
    if (!hasRun) this.#write(['', ...drawText('No test file was found that has this in its path.', this.#width), '']);
    if (first === undefined) {
      if (total > 0) this.#write([...this.#quietly(total), '']);
      return;
    }
    const more = failed.length === 1 ? '' : ` (and ${counted(failed.length - 1, 'other')})`;
    const failure = failureOf(first.error ?? { message: '' }, this.#root, first.name, this.#files);
    this.#note(`Something from before no longer works: ${first.name}${more}`, failure);
    if (this.#lastLine !== '') this.#write([...this.#bold(this.#lastLine), '']);
  }

  showEndless(name: string, verdict: Verdict | undefined, pageSteps: readonly PageStep[]): void {
    const file =
      pageSteps.find(({ number }) => name.startsWith(`${number} `))?.file ?? 'the files of src that you changed';
    this.#write([
      '',
      ...(verdict === undefined ? [] : drawVerdict(verdict, this.#colors, this.#width)),
      ...this.#title(name),
      '',
      ...drawText(
        'This test does not end. A loop without a limit is the usual reason: look for `for (;;)` or `while` in ' +
          `${file}. The tests were stopped.`,
        this.#width,
      ),
      '',
    ]);
  }

  get #width(): number {
    return textWidth(this.#stream.columns);
  }

  #quietly(total: number): readonly string[] {
    const all = `${counted(total, 'test')} ${total === 1 ? 'was run, and passes' : 'were run, and all of them pass'}.`;
    if (this.#isAside) return drawText(`${all} ${this.#lastLine}`, this.#width);
    return [` ${this.#colors.dim(`${counted(total, 'earlier test')} ${total === 1 ? 'passes' : 'pass'}, too.`)}`];
  }

  #note(title: string, failure: ReturnType<typeof failureOf>): void {
    const [first = '', ...rest] = drawText(title, this.#width);
    const drawn = drawFailure(failure, this.#root, this.#colors, this.#width);
    this.#write([this.#colors.yellow(first), ...rest.map((line) => this.#colors.yellow(line)), '', ...drawn, '']);
  }

  #draw({ name, error }: FailedTest): readonly string[] {
    if (error === undefined) return this.#title(name);
    const failure = failureOf(error, this.#root, name, this.#files);
    return [...this.#title(name), '', ...drawFailure(failure, this.#root, this.#colors, this.#width)];
  }

  #title(name: string): readonly string[] {
    const [first = '', ...rest] = drawText(name, this.#width - 2);
    return [
      ` ${this.#colors.red('✗')}${this.#colors.bold(first)}`,
      ...rest.map((line) => this.#colors.bold(`  ${line}`)),
    ];
  }

  #bold(text: string): readonly string[] {
    return drawText(text, this.#width).map((line) => this.#colors.bold(line));
  }

  #write(lines: readonly string[]): void {
    this.#endWaiting();
    this.#stream.write(`${lines.join('\n')}\n`);
  }

  #endWaiting(): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    clearLine(this.#stream, 0);
    cursorTo(this.#stream, 0);
  }
}
