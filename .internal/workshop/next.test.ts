import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, test } from 'vitest';

import type { Git } from './git.ts';
import { commitAll, makeClone, runCommand } from './test-repository.ts';

/**
 * Promise: "next" goes on when the exercise is solved, names the version that it continues from,
 * and can keep the learner's own files.
 */

const second = '02-exercise-play-the-game';
const third = '03-exercise-persisting-the-events';
const events = 'src/domain/events.ts';
const game = 'src/domain/game.ts';
const mine = '// in my own way';

describe.concurrent('going on to the next exercise', { timeout: 600_000 }, () => {
  test('names the version that it continues from, and keeps no files without a request', async ({ expect }) => {
    const git = solveSecond('plain');
    const { code, output } = await runCommand(git.folder, ['next']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('Exercise 2 is solved. Well done!');
    expect(output).toContain("You continue from the workshop's solution of exercise 2. Your own version stays on");
    expect(output).toContain(second);
    expect(git.run(['status', '--porcelain'])).toBe('');
    expect(git.run(['show', `${second}:${game}`])).toContain(mine);
  });

  test('keeps the learner’s own files where the next exercise does not change them', async ({ expect }) => {
    const git = solveSecond('mine');
    const { code, output } = await runCommand(git.folder, ['next', '--mine']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output.replaceAll(/\s+/g, ' ')).toContain(`Kept from your own version, as uncommitted changes: ${game}.`);
    expect(git.ask('symbolic-ref', '--short', 'HEAD')).toBe(third);
    expect(git.run(['status', '--porcelain'])).toBe(` M ${game}\n`);
    expect(readFileSync(join(git.folder, game), 'utf8')).toContain(mine);
  });

  test('does not overwrite existing work', async ({ expect }) => {
    const git = solveSecond('theirs');
    git.run(['stash', '--quiet']);
    git.run(['checkout', '--quiet', third]);
    appendFileSync(join(git.folder, game), '// begun long ago\n');
    commitAll(git, 'begun long ago');
    git.run(['checkout', '--quiet', second]);
    git.run(['stash', 'pop', '--quiet']);
    const { output } = await runCommand(git.folder, ['next', '--mine']);
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      `Not kept, because this branch already has changes of yours there: ${game}.`,
    );
    expect(readFileSync(join(git.folder, game), 'utf8')).toContain('// begun long ago');
    expect(git.run(['show', `${second}:${game}`])).toContain(mine);
  });

  test('ignores a failed test of an earlier exercise', async ({ expect }) => {
    const git = solveSecond('earlier');
    writeFileSync(
      join(git.folder, 'tests/exercise-01-start-game/slow.test.ts'),
      "import { test } from 'vitest';\ntest('1.9 slow', () => { throw new Error('too slow'); });\n",
    );
    const { code, output } = await runCommand(git.folder, ['next']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).not.toContain('too slow');
  });
});

/** A clone with exercise 2 solved: the solution and one more line. */
function solveSecond(name: string): Git {
  const git = makeClone(`next/${name}`);
  git.run(['checkout', '--quiet', second]);
  for (const path of [events, game])
    writeFileSync(join(git.folder, path), git.run(['show', `solutions/${second}:${path}`]));
  appendFileSync(join(git.folder, game), `${mine}\n`);
  return git;
}
