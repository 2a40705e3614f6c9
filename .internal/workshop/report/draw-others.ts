import { counted } from '../text.ts';
import type { FailedTest } from './collect.ts';
import type { ReportedError } from './failure.ts';
import { drawBold, drawNote, drawText, sentenceOf, type Paper } from './paper.ts';

/** The other tests: of earlier exercises, of given code, and of the learner. */
export type OtherTests = {
  /** How many of them belong to other exercises. */
  readonly total: number;
  readonly failed: readonly FailedTest[];
  /** Errors that no code has caught. */
  readonly errors: readonly unknown[];
  /** Whether any test file ran. */
  readonly hasRun: boolean;
};

/**
 * Describes all other tests: one dim line when they pass, else the first failure.
 *
 * @param next the next thing to do, if it was shown; it is repeated when it would scroll away
 * @param isAside whether none of the tests belongs to a step
 */
export function drawOthers(others: OtherTests, next: string, isAside: boolean, paper: Paper): readonly string[] {
  const { total, failed, errors, hasRun } = others;
  const [first] = failed;
  const lines = errors.slice(0, 1).flatMap((error) => {
    return drawNote(
      'An error was thrown, and no code caught it. Is an "await" missing?',
      '',
      error as ReportedError,
      paper,
    );
  });
  if (!hasRun) return [...lines, '', ...drawText('No test file has this in its path.', paper), ''];
  if (first === undefined) return total === 0 ? lines : [...lines, ...drawPassed(total, next, isAside, paper), ''];

  const more = failed.length === 1 ? '' : ` (and ${counted(failed.length - 1, 'other')})`;
  const title = isAside
    ? `${counted(failed.length, 'test')} of ${total} failed. The first is: ${sentenceOf(first.name)}`
    : `An earlier test fails now: ${sentenceOf(first.name)}${more}`;
  return [
    ...lines,
    ...drawNote(title, first.name, first.error, paper),
    ...(next === '' ? [] : [...drawBold(next, paper), '']),
  ];
}

function drawPassed(total: number, next: string, isAside: boolean, paper: Paper): readonly string[] {
  const all = `${counted(total, 'test')} ran, and ${total === 1 ? 'it passes' : 'all of them pass'}.`;
  if (isAside) return drawText(`${all} ${next}`, paper);
  return [` ${paper.colors.dim(`${counted(total, 'earlier test')} ${total === 1 ? 'passes' : 'pass'}, too.`)}`];
}
