import type { PageStep } from '../pages.ts';
import { command, counted } from '../text.ts';
import type { TestRun, Verdict } from '../verdict.ts';

/**
 * The next thing to do, in a sentence or two. A solved exercise has a screen of its own.
 *
 * @param watching whether the tests run again by themselves
 * @param shown the file whose line is on the screen: a step may have several
 */
export function nextLine(
  verdict: Verdict,
  run: TestRun,
  pageSteps: readonly PageStep[],
  watching = false,
  shown?: string,
): string {
  const { exercise, open, result } = verdict;
  const step = pageSteps.find(({ number }) => number === open);
  const file = step?.files.find((one) => one === shown) ?? step?.file;
  const where = file === undefined ? '' : `, in ${file}`;
  const title = step === undefined ? '' : ` "${step.title}"`;
  const named = `Next: step ${open ?? ''}${title}${where}.`;
  switch (result) {
    case 'unreadable':
      return (
        `Next: ${run.unreadable ?? ''} could not run. The error above says why; ` +
        'often it is a typing mistake in src.'
      );
    case 'open':
      return `${named} It is explained in ${exercise.page}`;
    case 'types':
      return step === undefined
        ? 'Next: the tests pass, but the compiler reports an error. Its first message is above.'
        : `${named} The tests pass, but the compiler reports an error. The step is explained in ${exercise.page}`;
    case 'part':
      return watching
        ? 'The tests of the steps pass. Now the compiler checks the types …'
        : `So far, all pass: ${counted(verdict.passed, 'test')} of exercise ${exercise.number}. Run all: ${command('npm test')}`;
    case 'none':
      return `None of these tests belongs to a step of exercise ${exercise.number}. To run those: ${command('npm test')}`;
    case 'solved':
      return `Exercise ${exercise.number} is solved. Well done!`;
  }
}
