import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { Git } from './git.ts';
import { commitAll, makeClone, runCommand } from './test-repository.ts';

/**
 * Promise: nothing that the workshop does destroys a byte of a learner's work. Every command meets every state that a repository may be in;
 * afterwards, each line that the learner has written is where it was, or the message has said where it is.
 */

const area = join(import.meta.dirname, '..', '..', '.workshop', 'matrix');

const first = '01-exercise-start-game';
const game = 'src/domain/game.ts';

type State = {
  readonly name: string;
  /** Brings the repository into the state. @returns the lines that the learner has written */
  readonly prepare: (git: Git) => readonly string[];
};

const states: readonly State[] = [
  { name: 'clean', prepare: () => [] },
  { name: 'a changed file', prepare: (git) => [change(git, game)] },
  {
    name: 'a staged file, changed again',
    prepare: (git) => {
      const staged = change(git, game, 'staged');
      git.run(['add', game]);
      // The staged line is gone from the folder: only the index has it.
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
  { name: 'a commit of one’s own', prepare: (git) => [commitOf(git)] },
  {
    name: 'a branch of one’s own',
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
    name: 'the next branch in another worktree, with a change',
    prepare: (git) => {
      const other = new Git(`${git.folder}-worktree`);
      rmSync(other.folder, { recursive: true, force: true });
      git.run(['worktree', 'add', '--quiet', other.folder, '02-exercise-play-the-game']);
      return [change(other, game), change(git, game)];
    },
  },
];

const commands = [
  ['start', '2'],
  ['next', '--anyway'],
  ['reset', '--yes'],
  ['solution', '--apply'],
  ['branches'],
] as const;

let template: string;
beforeAll(() => {
  rmSync(area, { recursive: true, force: true });
  const git = makeClone('matrix/template');
  git.run(['checkout', '--quiet', first]);
  template = git.folder;
});

describe.concurrent.each(states)('in this state: $name', ({ name, prepare }) => {
  test.each(commands.map((command) => ({ command })))(
    '$command loses nothing',
    { timeout: 300_000 },
    async ({ command }) => {
      const folder = join(area, `${name}-${command.join('-')}`.replace(/[^a-z0-9-]/gi, '_'));
      cpSync(template, folder, { recursive: true });
      const git = new Git(folder);
      const lines = prepare(git);
      const before = new Map(lines.map((line) => [line, refsWith(git, line)]));

      const { code, output } = await runCommand(folder, command);
      expect([0, 1], output).toContain(code);
      expect(output).not.toMatch(/^\s+at /m);
      for (const line of lines) {
        if (isInFolder(folder, line) || isInFolder(`${folder}-worktree`, line) || isStaged(git, line)) continue;
        const places = refsWith(git, line);
        expect(places, `"${line}" is nowhere any more. The command said: ${output}`).not.toEqual([]);
        const told = places.some((place) => output.includes(place) || before.get(line)?.includes(place));
        expect(told, `"${line}" is on ${places.join(', ')}, and nobody said so: ${output}`).toBe(true);
      }
    },
  );
});

describe.concurrent('a command that is killed', () => {
  test.each(commands.flatMap((command) => [300, 400, 500, 600].map((moment) => ({ command, moment }))))(
    '$command after $moment ms has lost nothing, and can be given again',
    { timeout: 300_000 },
    async ({ command, moment }) => {
      const folder = join(area, `killed-${command.join('-')}-${moment}`);
      cpSync(template, folder, { recursive: true });
      const git = new Git(folder);
      const lines = [commitOf(git), change(git, 'src/domain/events.ts'), change(git, 'notes.txt')];
      await runCommand(folder, command, moment);
      const found = () => lines.filter((line) => isInFolder(folder, line) || refsWith(git, line).length > 0);
      expect(found()).toEqual(lines);
      // What git itself leaves behind when it is killed is a lock; a program that was killed while git was not leaves none.
      rmSync(join(folder, '.git', 'index.lock'), { force: true });
      await runCommand(folder, command);
      expect(found()).toEqual(lines);
    },
  );
});

let count = 0;

/** Adds a line of its own to a file. @returns the line */
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

/** Begins something that cannot be ended without the learner. */
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

/** The branches that hold a line, in the last or any earlier commit. */
function refsWith(git: Git, line: string): readonly string[] {
  const refs = git.run(['for-each-ref', '--format=%(refname:short)', 'refs/heads']).trimEnd().split('\n');
  const tips = git.ask('grep', '--fixed-strings', '--name-only', '-e', line, ...refs)?.split('\n') ?? [];
  const onTips = refs.filter((ref) => tips.some((tip) => tip.startsWith(`${ref}:`)));
  if (onTips.length > 0) return onTips;
  return refs.filter((ref) => (git.ask('log', '-1', '--format=%h', '-S', line, ref) ?? '') !== '');
}
