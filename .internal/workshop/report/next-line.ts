import type { PageStep } from '../pages.ts';
import { command, counted } from '../text.ts';
import type { TestRun, Verdict } from '../verdict.ts';

/**
 * What to do next, in a sentence or two. It is not asked for an exercise that is solved: there is
 * more to say then.
 *
 * @param watching whether the tests run again by themselves
 */
export function nextLine(verdict: Verdict, run: TestRun, pageSteps: readonly PageStep[], watching = false): string {
  const { exercise, open, result } = verdict;
  const step = pageSteps.find(({ number }) => number === open);
  const where = step?.file === undefined ? '' : `, in ${step.file}`;
  const title = step === undefined ? '' : ` "${step.title}"`;
  const named = `Next: step ${open ?? ''}${title}${where}.`;
  switch (result) {
    case 'unreadable':
      return (
        `Next: ${run.unreadable ?? ''} could not be run at all. The error above says why; ` +
        'often it is a typing mistake in src.'
      );
    case 'open':
      return `${named} It is explained in ${exercise.page}`;
    case 'types':
      return step === undefined
        ? 'Next: the tests pass, and the compiler does not agree yet. Its first message stands above.'
        : `${named} The tests pass, and the compiler does not agree yet. The step is explained in ${exercise.page}`;
    case 'part':
      return watching
        ? 'The tests of the steps pass. Now the compiler looks at it …'
        : `What has run passes: ${counted(verdict.passed, 'test')} of exercise ${exercise.number}. All of them: ${command('npm test')}`;
    case 'none':
      return `None of these tests belongs to a step of exercise ${exercise.number}. Those that do: ${command('npm test')}`;
    case 'solved':
      return `Exercise ${exercise.number} is solved. Well done!`;
  }
}
