import { counted } from '../text.ts';
import type { FailedTest } from './collect.ts';
import type { ReportedError } from './failure.ts';
import { drawBold, drawNote, drawText, sentenceOf, type Paper } from './paper.ts';

/**
 * The tests beside those of the steps: of earlier exercises, of what is given, and of the learner.
 */
export type OtherTests = {
  /** How many there are that are not of this exercise. */
  readonly total: number;
  readonly failed: readonly FailedTest[];
  /** What nobody has caught. */
  readonly errors: readonly unknown[];
  /** Whether there was any test file to run. */
  readonly hasRun: boolean;
};

/**
 * What there is to say about all other tests: one quiet line when they pass. When some do not, the
 * first of them.
 *
 * @param next what is to be done next, if the screen has said so: it is said again where it would
 *   be out of sight
 * @param isAside whether nothing was run that belongs to a step
 */
export function drawOthers(others: OtherTests, next: string, isAside: boolean, paper: Paper): readonly string[] {
  const { total, failed, errors, hasRun } = others;
  const [first] = failed;
  const lines = errors.slice(0, 1).flatMap((error) => {
    return drawNote(
      'An error was thrown that nothing waited for. Is an "await" missing?',
      '',
      error as ReportedError,
      paper,
    );
  });
  if (!hasRun) return [...lines, '', ...drawText('No test file was found that has this in its path.', paper), ''];
  if (first === undefined) return total === 0 ? lines : [...lines, ...drawPassed(total, next, isAside, paper), ''];

  const more = failed.length === 1 ? '' : ` (and ${counted(failed.length - 1, 'other')})`;
  const title = isAside
    ? `${counted(failed.length, 'test')} of ${total} failed. The first is: ${sentenceOf(first.name)}`
    : `Something from before no longer works: ${sentenceOf(first.name)}${more}`;
  return [
    ...lines,
    ...drawNote(title, first.name, first.error, paper),
    ...(next === '' ? [] : [...drawBold(next, paper), '']),
  ];
}

function drawPassed(total: number, next: string, isAside: boolean, paper: Paper): readonly string[] {
  const all = `${counted(total, 'test')} ${total === 1 ? 'was run, and passes' : 'were run, and all of them pass'}.`;
  if (isAside) return drawText(`${all} ${next}`, paper);
  return [` ${paper.colors.dim(`${counted(total, 'earlier test')} ${total === 1 ? 'passes' : 'pass'}, too.`)}`];
}
