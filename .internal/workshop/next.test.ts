import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, test } from 'vitest';

import type { Git } from './git.ts';
import { commitAll, makeClone, runCommand } from './test-repository.ts';

/**
 * Promise: one goes on when the exercise is solved, knows what from, and may take one's own way
 * along.
 */

const second = '02-exercise-play-the-game';
const third = '03-exercise-persisting-the-events';
const events = 'src/domain/events.ts';
const game = 'src/domain/game.ts';
const mine = '// in my own way';

describe.concurrent('going on to the next exercise', { timeout: 600_000 }, () => {
  test('says what one goes on from, and takes nothing along that nobody asked for', async ({ expect }) => {
    const git = solveSecond('plain');
    const { code, output } = await runCommand(git.folder, ['next']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('Exercise 2 is solved. Well done!');
    expect(output).toContain("You go on from the workshop's solution of exercise 2. Your own version stays on");
    expect(output).toContain(second);
    expect(git.run(['status', '--porcelain'])).toBe('');
    expect(git.run(['show', `${second}:${game}`])).toContain(mine);
  });

  test('takes one’s own files along, where the next exercise leaves them alone', async ({ expect }) => {
    const git = solveSecond('mine');
    const { code, output } = await runCommand(git.folder, ['next', '--mine']);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      `Taken along from your own version, as changes in the folder: ${game}.`,
    );
    expect(git.ask('symbolic-ref', '--short', 'HEAD')).toBe(third);
    expect(git.run(['status', '--porcelain'])).toBe(` M ${game}\n`);
    expect(readFileSync(join(git.folder, game), 'utf8')).toContain(mine);
  });

  test('does not write over work that is there already', async ({ expect }) => {
    const git = solveSecond('theirs');
    git.run(['stash', '--quiet']);
    git.run(['checkout', '--quiet', third]);
    appendFileSync(join(git.folder, game), '// begun long ago\n');
    commitAll(git, 'begun long ago');
    git.run(['checkout', '--quiet', second]);
    git.run(['stash', 'pop', '--quiet']);
    const { output } = await runCommand(git.folder, ['next', '--mine']);
    expect(output.replaceAll(/\s+/g, ' ')).toContain(
      `Not taken along, because this branch has changes of yours there: ${game}.`,
    );
    expect(readFileSync(join(git.folder, game), 'utf8')).toContain('// begun long ago');
    expect(git.run(['show', `${second}:${game}`])).toContain(mine);
  });

  test('is not stopped by a test of an earlier exercise', async ({ expect }) => {
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

/** A clone in which exercise 2 is solved, by the solution with a line of one's own. */
function solveSecond(name: string): Git {
  const git = makeClone(`next/${name}`);
  git.run(['checkout', '--quiet', second]);
  for (const path of [events, game])
    writeFileSync(join(git.folder, path), git.run(['show', `solutions/${second}:${path}`]));
  appendFileSync(join(git.folder, game), `${mine}\n`);
  return git;
}
