import { Git } from '../git.ts';
import type { Exercise } from '../manifest.ts';
import type { Place } from '../place.ts';
import { counted, enumerate } from '../text.ts';

/**
 * A sentence about the code that a learner has written: the declarations that were open at the
 * start, and the number of lines.
 *
 * @returns nothing without git, or when the start is not in the history of the branch
 */
export async function whatWasWritten({ root }: Place, { number }: Exercise): Promise<string | undefined> {
  const git = new Git(root);
  const trailer = `^Workshop-Step: ${String(number).padStart(2, '0')} start$`;
  const start = git.ask('log', '-1', '--format=%H', `--grep=${trailer}`, 'HEAD');
  if (start === undefined || start === '') return undefined;
  const changes = (git.ask('diff', '--numstat', start, '--', 'src') ?? '')
    .split('\n')
    .map((row) => row.split('\t'))
    .map(([added, , path = '']) => ({ added: Number(added), path }))
    .filter(({ added, path }) => added > 0 && path.endsWith('.ts'));
  if (changes.length === 0) return undefined;

  // The compiler loads slowly, so it is loaded only here.
  const { openDeclarations } = await import('./open-declarations.ts');
  const names = changes.flatMap(({ path }) => openDeclarations(git.ask('cat-file', 'blob', `${start}:${path}`) ?? ''));
  const lines = changes.reduce((sum, { added }) => sum + added, 0);
  const count = `${counted(lines, 'line')} in ${counted(changes.length, 'file')}`;
  return names.length === 0 ? `You have written ${count}.` : `You have written: ${enumerate(names)} — ${count}.`;
}
