import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { Git } from './git.ts';
import { buildDriver, commitAll, driveHere, makeClone } from './test-repository.ts';

/**
 * Promise: no command of the workshop destroys a byte of a learner's work. Every command meets
 * every state of a repository. Afterwards, each line of the learner is where it was, or the message
 * has named its place.
 *
 * By default, 57 of the 205 pairs are tried, and all of them with `MATRIX=full`.
 */

const area = join(import.meta.dirname, '..', '..', '.workshop', 'matrix');

const first = '01-exercise-start-game';
const game = 'src/domain/game.ts';

type State = {
  readonly name: string;
  /**
   * Brings the repository into the state.
   *
   * @returns the lines of the learner
   */
  readonly prepare: (git: Git) => readonly string[];
  /** The expected message of "start 2". */
  readonly says?: string;
};

const states: readonly State[] = [
  { name: 'clean', prepare: () => [] },
  { name: 'a changed file', prepare: (git) => [change(git, game)] },
  {
    name: 'a staged file, changed again',
    prepare: (git) => {
      const staged = change(git, game, 'staged');
      git.run(['add', game]);
      // The staged line is no longer in the folder: only the index has it.
      writeFileSync(join(git.folder, game), readFileSync(join(git.folder, game), 'utf8').replace(staged, ''));
      return [staged, change(git, game)];
    },
  },
  { name: 'a new file', prepare: (git) => [change(git, 'notes/today.txt'), change(git, 'src/domain/mine.ts')] },
  {
    name: 'an ignored file where another branch has one of its own',
    prepare: (git) => {
      appendFileSync(join(git.folder, '.git', 'info', 'exclude'), 'board.ts\n');
      return [change(git, '.data/mine.txt'), change(git, 'src/domain/board.ts')];
    },
  },
  { name: 'a commit of the learner', prepare: (git) => [commitOf(git)] },
  {
    name: 'a branch of the learner',
    prepare: (git) => {
      git.run(['checkout', '--quiet', '-b', 'mine']);
      return [commitOf(git), change(git, 'src/domain/events.ts')];
    },
  },
  {
    name: 'a detached HEAD with a commit and a change',
    prepare: (git) => {
      git.run(['checkout', '--quiet', '--detach']);
      return [commitOf(git), change(git, 'src/domain/events.ts')];
    },
  },
  {
    name: 'main, with a change and a new file',
    prepare: (git) => {
      git.run(['checkout', '--quiet', 'main']);
      return [change(git, 'README.md'), change(git, 'notes.txt')];
    },
  },
  {
    name: 'a solution, with a change',
    prepare: (git) => {
      git.run(['checkout', '--quiet', `solutions/${first}`]);
      return [change(git, game)];
    },
  },
  { name: 'the middle of a merge', prepare: (git) => conflict(git, ['merge', 'other']) },
  { name: 'the middle of a rebase', prepare: (git) => conflict(git, ['rebase', 'other']) },
  {
    name: 'a file that is read-only',
    prepare: (git) => {
      const line = change(git, game);
      chmodSync(join(git.folder, game), 0o444);
      return [line];
    },
  },
  {
    name: 'a file that is no longer tracked, and is ignored now',
    says: 'You are in exercise 2',
    prepare: (git) => {
      git.run(['rm', '--quiet', '--cached', game]);
      appendFileSync(join(git.folder, '.git', 'info', 'exclude'), 'game.ts\n');
      return [change(git, game)];
    },
  },
  {
    name: 'the same, committed',
    prepare: (git) => {
      git.run(['rm', '--quiet', '--cached', game]);
      git.run(['commit', '--quiet', '--message', 'without the game']);
      appendFileSync(join(git.folder, '.git', 'info', 'exclude'), 'game.ts\n');
      return [change(git, game)];
    },
  },
  {
    name: 'a folder with an ignored file in place of a file',
    says: 'You are in exercise 2',
    prepare: (git) => {
      rmSync(join(git.folder, game));
      return [change(git, `${game}/notes.log`), change(git, `${game}/deep/er/more.txt`)];
    },
  },
  {
    name: 'a file in place of a folder',
    prepare: (git) => {
      rmSync(join(git.folder, 'src/domain'), { recursive: true });
      return [change(git, 'src/domain')];
    },
  },
  {
    name: 'an ignored file where another branch has a folder',
    says: 'You are in exercise 2',
    prepare: (git) => {
      appendFileSync(join(git.folder, '.git', 'info', 'exclude'), 'exercise-02-play-the-game\n');
      return [change(git, 'tests/exercise-02-play-the-game')];
    },
  },
  {
    name: 'a link in place of a file, and one in place of a folder',
    prepare: (git) => {
      const elsewhere = `${git.folder}-elsewhere`;
      mkdirSync(elsewhere, { recursive: true });
      renameSync(join(git.folder, 'src/domain'), join(elsewhere, 'domain'));
      symlinkSync(join(elsewhere, 'domain'), join(git.folder, 'src/domain'));
      const line = change(git, game);
      rmSync(join(git.folder, 'src/todo.ts'));
      symlinkSync('domain/game.ts', join(git.folder, 'src/todo.ts'));
      return [line];
    },
  },
  ...(['assume-unchanged', 'skip-worktree'] as const).map((mark) => ({
    name: `a changed file that is marked ${mark}`,
    prepare: (git: Git) => {
      git.run(['update-index', `--${mark}`, game]);
      return [change(git, game), change(git, 'src/domain/events.ts')];
    },
  })),
  {
    name: 'a commit without a branch that only a stash holds',
    says: 'Your work is kept on backup/detached-',
    prepare: (git) => {
      git.run(['checkout', '--quiet', '--detach']);
      const line = commitOf(git);
      change(git, game);
      git.run(['stash', '--quiet']);
      return [line];
    },
  },
  {
    name: 'a conflict after a stash',
    says: 'These files still have a conflict: src/domain/game.ts.',
    prepare: (git) => {
      const stashed = change(git, game);
      git.run(['stash', '--quiet']);
      const mine = commitOf(git);
      git.ask('stash', 'pop');
      return [stashed, mine];
    },
  },
  {
    name: 'a branch without a commit',
    says: 'The branch fresh has no commit yet',
    prepare: (git) => {
      git.run(['checkout', '--quiet', '--orphan', 'fresh']);
      return [change(git, game), change(git, 'notes.txt')];
    },
  },
  {
    name: 'applying patches',
    says: 'git am --abort',
    prepare: (git) => {
      const mine = commitOf(git);
      const patch = git.run(['format-patch', '--stdout', '-1']);
      const again = commitOf(git);
      try {
        git.run(['am'], patch);
      } catch {
        // It stops at a conflict, and that is the state.
      }
      return [mine, again];
    },
  },
  {
    name: 'several cherry-picks, the first of them done',
    says: 'git cherry-pick --abort',
    prepare: (git) => {
      const start = git.run(['rev-parse', 'HEAD']).trimEnd();
      const [one, two] = [commitOf(git), commitOf(git)];
      git.run(['checkout', '--quiet', '-B', 'picked', start]);
      const own = commitOf(git);
      git.ask('cherry-pick', `${first}~1`, first);
      git.run(['checkout', '--quiet', '--ours', '.']);
      git.run(['add', '--all']);
      git.ask('-c', 'core.editor=true', 'commit', '--quiet', '--allow-empty', '--no-edit');
      return [one, two, own];
    },
  },
  {
    name: 'a branch called backup',
    says: 'You are in exercise 2',
    prepare: (git) => {
      git.run(['branch', 'backup']);
      return [change(git, game)];
    },
  },
  {
    name: 'a branch below the name of a workshop branch',
    says: 'git branch -m 02-exercise-play-the-game/try',
    prepare: (git) => {
      git.run(['branch', '-D', '--quiet', '02-exercise-play-the-game']);
      git.run(['branch', '02-exercise-play-the-game/try']);
      return [change(git, game)];
    },
  },
  {
    name: 'a folder called solutions',
    says: 'Your work is kept on 01-exercise-start-game, as the commit',
    prepare: (git) => [change(git, 'solutions/mine/game.ts'), change(git, game)],
  },
  {
    name: 'the folders of main, copied and committed',
    says: 'Your work is kept on 01-exercise-start-game, as the commit',
    prepare: (git) => {
      git.run(['checkout', '--quiet', 'main', '--', 'solutions', 'exercises']);
      return [commitOf(git), change(git, game)];
    },
  },
  {
    name: 'a hook after a checkout that fails',
    says: 'You are in exercise 2',
    prepare: (git) => {
      for (const hook of ['post-checkout', 'post-commit', 'reference-transaction', 'post-index-change']) {
        writeFileSync(join(git.folder, '.git', 'hooks', hook), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      }
      return [change(git, game)];
    },
  },
  {
    name: 'packages that git does not ignore',
    says: 'You are in exercise 2',
    prepare: (git) => {
      git.run(['rm', '--quiet', '.gitignore']);
      git.run(['commit', '--quiet', '--message', 'no .gitignore']);
      return [change(git, game), stay(change(git, 'node_modules/package/index.js'))];
    },
  },
  {
    name: 'a nested repository',
    says: 'You are in exercise 2',
    prepare: (git) => {
      const line = change(git, 'inner/mine.txt');
      const inner = new Git(join(git.folder, 'inner'));
      inner.run(['init', '--quiet']);
      inner.run(['config', 'user.name', 'Learner']);
      inner.run(['config', 'user.email', 'learner@example.org']);
      commitAll(inner, 'inner');
      return [stay(line), change(git, game)];
    },
  },
  {
    name: 'a file that is too large for a commit',
    says: 'Too large for a commit, and left in place: large.txt',
    prepare: (git) => {
      const line = change(git, 'large.txt');
      truncateSync(join(git.folder, 'large.txt'), 60 * 1024 * 1024);
      return [stay(line), change(git, game)];
    },
  },
  {
    name: 'the swap file of an editor',
    prepare: (git) => [stay(change(git, 'src/domain/.game.ts.swp')), change(git, game)],
  },
  {
    name: 'a pipe at the path of a file',
    says: 'src/domain/game.ts blocks a file of the exercise',
    prepare: (git) => {
      rmSync(join(git.folder, game));
      execFileSync('mkfifo', [join(git.folder, game)]);
      return [change(git, 'notes.txt')];
    },
  },
  {
    name: 'a lock left behind by git',
    says: 'index.lock: delete it',
    prepare: (git) => {
      writeFileSync(join(git.folder, '.git', 'index.lock'), '');
      return [change(git, game)];
    },
  },
  {
    name: 'the next branch in a deleted worktree',
    says: 'git worktree prune',
    prepare: (git) => {
      git.run(['worktree', 'add', '--quiet', `${git.folder}-gone`, '02-exercise-play-the-game']);
      rmSync(`${git.folder}-gone`, { recursive: true });
      return [change(git, game)];
    },
  },
  {
    name: 'a sparse checkout',
    says: 'You are in exercise 2',
    prepare: (git) => {
      git.run(['sparse-checkout', 'set', 'src', '.internal', 'exercises']);
      return [change(git, game), change(git, 'notes.txt')];
    },
  },
  {
    name: 'no name and no e-mail address',
    prepare: (git) => {
      git.run(['config', '--unset', 'user.name']);
      git.run(['config', '--unset', 'user.email']);
      git.run(['config', 'user.useConfigOnly', 'true']);
      return [change(git, game)];
    },
  },
  {
    name: 'the next branch in another worktree, with a change',
    prepare: (git) => {
      const other = new Git(`${git.folder}-worktree`);
      rmSync(other.folder, { recursive: true, force: true });
      git.run(['worktree', 'add', '--quiet', other.folder, '02-exercise-play-the-game']);
      return [change(other, game), change(git, game)];
    },
  },
];

const commands = [['start', '2'], ['reset'], ['reset', game], ['apply'], ['branches']] as const;

let template: string;
beforeAll(async () => {
  rmSync(area, { recursive: true, force: true });
  const git = makeClone('matrix/template');
  git.run(['checkout', '--quiet', first]);
  template = git.folder;
  await buildDriver(template);
}, 600_000);

/** By default, each state meets one command, and each message of "start 2" is checked. */
function isTried(row: number, column: number, { says }: State): boolean {
  const isDiagonal = (row + column) % commands.length === 0;
  return process.env['MATRIX'] === 'full' || isDiagonal || (column === 0 && says !== undefined);
}

describe.each(states.map((state, row) => ({ ...state, row })))('in this state: $name', (state) => {
  const { name, prepare, says, row } = state;
  test.each(commands.filter((_, column) => isTried(row, column, state)).map((command) => ({ command })))(
    '$command loses nothing',
    { timeout: 300_000 },
    async ({ command }) => {
      const folder = join(area, `${name}-${command.join('-')}`.replace(/[^a-z0-9-]/gi, '_'));
      cpSync(template, folder, { recursive: true });
      const git = new Git(folder);
      const lines = prepare(git);
      const before = new Map(lines.map((line) => [line, refsWith(git, line)]));

      const { code, output } = await driveHere(folder, command);
      expect([0, 1], output).toContain(code);
      expect(output).not.toMatch(/^\s+at /m);
      if (command[0] === 'start' && says !== undefined) expect(output).toContain(says);
      for (const line of lines.filter((one) => staying.has(one))) expect(isInFolder(folder, line), line).toBe(true);
      for (const line of lines) {
        if (['', '-worktree', '-elsewhere'].some((end) => isInFolder(folder + end, line)) || isStaged(git, line))
          continue;
        const places = refsWith(git, line);
        expect(places, `"${line}" is lost. The output: ${output}`).not.toEqual([]);
        const told = places.some((place) => output.includes(place) || before.get(line)?.includes(place));
        expect(told, `"${line}" is on ${places.join(', ')}, but the output does not say so: ${output}`).toBe(true);
      }
      rmSync(folder, { recursive: true });
    },
  );
});

/** Lines that must be where they were, whatever the command prints. */
const staying = new Set<string>();

function stay(line: string): string {
  staying.add(line);
  return line;
}

let count = 0;

/**
 * Adds a new line to a file.
 *
 * @returns the line
 */
function change(git: Git, path: string, what = 'written'): string {
  count += 1;
  const line = `// ${what} by the learner, line ${count}.`;
  mkdirSync(dirname(join(git.folder, path)), { recursive: true });
  appendFileSync(join(git.folder, path), `${line}\n`);
  return line;
}

function commitOf(git: Git): string {
  const line = change(git, game, 'committed');
  commitAll(git, 'mine');
  return line;
}

/** Begins an operation that only the learner can complete. */
function conflict(git: Git, command: readonly string[]): readonly string[] {
  git.run(['checkout', '--quiet', '-b', 'other']);
  const other = commitOf(git);
  git.run(['checkout', '--quiet', first]);
  const mine = commitOf(git);
  const notes = change(git, 'notes.txt');
  git.ask(...command);
  return [other, mine, notes];
}

function isInFolder(folder: string, line: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => {
    const inGit = `${entry.parentPath}/`.includes('/.git/');
    return entry.isFile() && !inGit && readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(line);
  });
}

function isStaged(git: Git, line: string): boolean {
  return git.ask('grep', '--cached', '--fixed-strings', '--quiet', '-e', line) !== undefined;
}

/** The branches with a line in any commit. */
function refsWith(git: Git, line: string): readonly string[] {
  const refs = git.run(['for-each-ref', '--format=%(refname:short)', 'refs/heads']).trimEnd().split('\n');
  const tips = git.ask('grep', '--fixed-strings', '--name-only', '-e', line, ...refs)?.split('\n') ?? [];
  const onTips = refs.filter((ref) => tips.some((tip) => tip.startsWith(`${ref}:`)));
  if (onTips.length > 0) return onTips;
  return refs.filter((ref) => (git.ask('log', '-1', '--format=%h', '-S', line, ref) ?? '') !== '');
}
