import { clearLine, cursorTo } from 'node:readline';

import { colorsFor } from '../colors.ts';
import type { PageStep } from '../pages.ts';
import type { Place } from '../place.ts';
import { textWidth } from '../text.ts';
import type { TestRun, Verdict } from '../verdict.ts';
import type { FailedTest } from './collect.ts';
import { drawOthers, type OtherTests } from './draw-others.ts';
import { drawVerdict } from './draw-verdict.ts';
import { caller } from './messages.ts';
import { nextLine } from './next-line.ts';
import { drawBold, drawFailedTest, drawText, drawTitle, placeOf, type Paper } from './paper.ts';
import { solvedLines } from './solved.ts';
import { whatWasWritten } from './what-was-written.ts';

/** Writes the screen of a run: first the verdict, then a summary of all other tests. */
export class Screen {
  readonly #root: string;
  readonly #stream: NodeJS.WriteStream;
  #pageSteps: readonly PageStep[] = [];
  #next = '';
  /** Whether none of the tests belongs to the exercise. */
  #isAside = false;
  #isWaiting = false;
  #isFirst = true;

  constructor(root: string, stream: NodeJS.WriteStream) {
    this.#root = root;
    this.#stream = stream;
  }

  /**
   * Shows that a run has begun. In watch mode, each run clears the screen, except the first one.
   */
  begin(pageSteps: readonly PageStep[], watching: boolean): void {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    this.#pageSteps = pageSteps;
    this.#next = '';
    if (!this.#stream.isTTY) return;
    if (watching && !isFirst) console.clear();
    this.#stream.write(this.#paper().colors.dim(' The tests are running …'));
    this.#isWaiting = true;
  }

  log(content: string): void {
    this.#endWaiting();
    this.#stream.write(content);
  }

  async showVerdict(verdict: Verdict, run: TestRun, failed: readonly FailedTest[], place: Place): Promise<void> {
    const { exercise, failure, result } = verdict;
    const paper = this.#paper();
    this.#isAside = result === 'none';
    const shown = failed.find(({ name, file }) =>
      result === 'unreadable' ? name === run.unreadable : name === failure?.name && file === failure.file,
    );
    const file = shown && placeOf(shown, paper)?.file;
    this.#next = result === 'solved' ? '' : nextLine(verdict, run, this.#pageSteps, caller() === 'watch', file);
    if (this.#isAside) return;
    const lines = ['', ...drawVerdict(verdict, paper), ...(shown === undefined ? [] : drawFailedTest(shown, paper))];
    if (result !== 'solved') lines.push(...drawBold(this.#next, paper));
    else if (place.branch === exercise.solutionBranch)
      lines.push(...drawBold(`This is the solution of exercise ${exercise.number}, and all tests pass.`, paper));
    else lines.push(...(await this.#drawSolved(verdict, place, paper)));
    this.#write([...lines, '']);
  }

  showOthers(others: OtherTests): void {
    const lines = drawOthers(others, this.#next, this.#isAside, this.#paper());
    if (lines.length > 0) this.#write(lines);
  }

  /** @param verdict the progress of the exercise, if it was not shown yet */
  showEndless(name: string, verdict: Verdict | undefined): void {
    const paper = this.#paper();
    const step = this.#pageSteps.find(({ number }) => name.startsWith(`${number} `));
    const sentence =
      'This test does not end. A loop without a limit is the usual reason: look for `for (;;)` or `while` in ' +
      `${step?.file ?? 'the files of src that you have changed'}. The tests were stopped.`;
    const drawn = verdict === undefined ? [] : drawVerdict(verdict, paper);
    this.#write(['', ...drawn, ...drawTitle(name, paper), '', ...drawText(sentence, paper), '']);
  }

  async #drawSolved(verdict: Verdict, place: Place, { colors, width }: Paper): Promise<readonly string[]> {
    const card = await whatWasWritten(place, verdict.exercise);
    const [praise = '', ...rest] = solvedLines(verdict, place.manifest, card, caller(), width - 1);
    return [` ${colors.bold(colors.green(praise))}`, ...rest.map((line) => ` ${line}`.trimEnd())];
  }

  #paper(): Paper {
    return {
      root: this.#root,
      colors: colorsFor(this.#stream),
      width: textWidth(this.#stream.columns),
      files: this.#pageSteps.flatMap(({ file }) => file ?? []),
    };
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
