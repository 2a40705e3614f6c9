import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, test } from 'vitest';

import { Git } from './git.ts';
import { buildDriver, commitAll, driveHere, driverPath, makeClone, runProgram } from './test-repository.ts';

/**
 * Promise: no event during a command loses a byte, and the next command finds the folder either
 * unchanged or complete. A wrapper around git acts before the k-th git process: it kills the
 * program, interrupts it, saves a file, or runs another command. Another wrapper kills it before
 * the k-th file is moved.
 *
 * `EVERY=1 npx vitest run .internal/workshop/interruptions.test.ts` tries every k; default: every
 * 41st, and every 9th in `.ci/run`.
 */

const area = join(import.meta.dirname, '..', '..', '.workshop', 'interruptions');
const every = Number(process.env['EVERY'] ?? (process.env['MATRIX'] === 'full' ? 9 : 41));
const first = '01-exercise-start-game';
const second = '02-exercise-play-the-game';
const game = 'src/domain/game.ts';
const ignored = 'src/domain/board.ts';
const realGit = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

const lines = {
  committed: '// committed by the learner',
  changed: '// changed by the learner',
  added: '// a new file of the learner',
  ignored: '// ignored by git, at a wanted path',
  saved: '// saved at the worst moment',
};

const commands = ['start 2', 'reset', `reset ${game}`, 'apply'] as const;

let template = '';
beforeAll(async () => {
  rmSync(area, { recursive: true, force: true });
  const git = makeClone('interruptions/template');
  template = git.folder;
  await buildDriver(template);
  mkdirSync(join(area, 'bin'));
  writeFileSync(join(area, 'bin', 'git'), wrapper, { mode: 0o755 });
  git.run(['checkout', '--quiet', second]);
  appendFileSync(join(template, 'README.md'), 'The learner was here before.\n');
  commitAll(git, 'on exercise 2');
  git.run(['checkout', '--quiet', first]);
  appendFileSync(join(template, game), `${lines.committed}\n`);
  commitAll(git, 'mine');
  appendFileSync(join(template, game), `${lines.changed}\n`);
  writeFileSync(join(template, 'notes.txt'), `${lines.added}\n`);
  appendFileSync(join(template, '.git/info/exclude'), 'board.ts\n');
  writeFileSync(join(template, ignored), `${lines.ignored}\n`);
  git.run(['gc', '--quiet']);
}, 600_000);

// The wrapper is a shell script, and the signals are those of Unix.
describe.skipIf(process.platform === 'win32').each(commands)('%s', (command) => {
  const name = command.replace(/\W+/g, '-');

  test('killed before any git process, and run again', { timeout: 900_000 }, async ({ expect: check }) => {
    await atEach(command, `${name}-kill`, 'kill -9 $PPID; exit 1', async (folder) => {
      const { output } = await driveHere(folder, command.split(' '));
      check(output, output).not.toMatch(/^\s+at /m);
      check(missing(folder, learners), output).toEqual([]);
      check(firstIsWhole(folder), `the tip of ${first} mixes two states. ${output}`).toBe(true);
      check(isDone(folder, command), output).toBe(true);
    });
  });

  test('interrupted before any git process, and run again', { timeout: 900_000 }, async ({ expect: check }) => {
    await atEach(command, `${name}-interrupt`, 'kill -INT $PPID; exit 130', async (folder, before) => {
      const { output } = await driveHere(folder, command.split(' '));
      check(missing(folder, learners), before + output).toEqual([]);
      check(firstIsWhole(folder), `the tip of ${first} mixes two states. ${output}`).toBe(true);
      check(isDone(folder, command), before + output).toBe(true);
    });
  });

  test('a save before any git process', { timeout: 900_000 }, async ({ expect: check }) => {
    const save = `echo '${lines.saved}' >> ${game}; echo '${lines.saved}' >> notes.txt`;
    await atEach(command, `${name}-save`, save, async (folder, output) => {
      check(output, output).not.toMatch(/^\s+at /m);
      check(missing(folder, [...learners, lines.saved]), output).toEqual([]);
      const again = await driveHere(folder, command.split(' '));
      check(missing(folder, [...learners, lines.saved]), output + again.output).toEqual([]);
      check(firstIsWhole(folder), `the tip of ${first} mixes two states. ${output}`).toBe(true);
    });
  });

  test('an ignored file that appears before any git process', { timeout: 900_000 }, async ({ expect: check }) => {
    const save = `echo '${lines.saved}' > src/domain/commands.ts`;
    const exclude = (folder: string) => {
      appendFileSync(join(folder, '.git/info/exclude'), 'commands.ts\n');
    };
    await atEach(
      command,
      `${name}-ignored`,
      save,
      async (folder, output) => {
        check(missing(folder, [...learners, lines.saved]), output).toEqual([]);
      },
      exclude,
    );
  });

  test('killed before any file is moved, and run again', { timeout: 900_000 }, async ({ expect: check }) => {
    for (let k = 1; ; k += every) {
      const folder = copyTemplate(`${name}-move-${k}`);
      const { code, output: before } = await drive(folder, command, {}, k);
      if (code === 0) break;
      check(missing(folder, learners), before).toEqual([]);
      const wasBegun = existsSync(join(folder, '.workshop', 'change', 'journal.json'));
      const { output } = await driveHere(folder, command.split(' '));
      check(output.includes('was interrupted')).toBe(wasBegun);
      check(missing(folder, learners), output).toEqual([]);
      check(firstIsWhole(folder), `the tip of ${first} mixes two states. ${output}`).toBe(true);
      check(isDone(folder, command), output).toBe(true);
      rmSync(folder, { recursive: true });
    }
  });
});

describe.skipIf(process.platform === 'win32')('two terminals', () => {
  test('a second command during the first one changes nothing', { timeout: 900_000 }, async ({ expect: check }) => {
    const other = `${JSON.stringify(process.execPath)} ${driverPath} start 3 >> other.log 2>&1`;
    await atEach('start 2', 'two', `${other}; true`, async (folder, output) => {
      const git = new Git(folder);
      check(missing(folder, learners), output).toEqual([]);
      check(firstIsWhole(folder), `the tip of ${first} mixes two states. ${output}`).toBe(true);
      check(git.run(['log', '--format=%s', second])).toContain('on exercise 2');
      const strays = git.run(['fsck', '--no-reflogs', '--unreachable']).match(/unreachable commit .*/g) ?? [];
      const kept = strays.filter((line) => git.run(['show', line.split(' ')[2] ?? '']).includes('by the learner'));
      check(kept).toEqual([]);
    });
  });
});

const learners = [lines.committed, lines.changed, lines.added, lines.ignored];

/**
 * Runs a command as many times as it starts git processes, each time with an action before another
 * one.
 */
async function atEach(
  command: string,
  name: string,
  hook: string,
  verify: (folder: string, output: string) => Promise<void>,
  prepare: (folder: string) => void = () => undefined,
): Promise<void> {
  // Each run starts at another process, so that together they cover all of them.
  for (let k = 1 + (name.length % every); ; k += every) {
    const folder = copyTemplate(`${name}-${k}`);
    prepare(folder);
    const script = join(folder, '.workshop', 'hook.sh');
    writeFileSync(script, hook);
    const env = { AT: String(k), COUNT: join(folder, '.workshop', 'count'), HOOK: script, REAL_GIT: realGit };
    const { output } = await drive(folder, command, env);
    if (Number(readFileSync(env.COUNT, 'utf8')) < k) break;
    await verify(folder, output);
    rmSync(folder, { recursive: true });
  }
}

const wrapper = `#!/bin/sh
count=$(($(cat "$COUNT" 2>/dev/null || echo 0) + 1))
echo $count > "$COUNT"
if [ "$count" = "$AT" ]; then
  PATH="$(dirname "$REAL_GIT"):$PATH"
  export PATH
  . "$HOOK"
fi
exec "$REAL_GIT" "$@"
`;

/** @param killAtMove the number of the file before whose move the program is killed */
function drive(folder: string, command: string, env: NodeJS.ProcessEnv = {}, killAtMove = 0) {
  const path = env['AT'] === undefined ? {} : { PATH: `${join(area, 'bin')}:${process.env['PATH'] ?? ''}` };
  return runProgram(folder, [driverPath, ...command.split(' ')], {
    ...env,
    ...path,
    ...(killAtMove > 0 && { KILL_AT_MOVE: String(killAtMove) }),
  });
}

function copyTemplate(name: string): string {
  const folder = join(area, name);
  cpSync(template, folder, { recursive: true });
  return folder;
}

/** The lines that are neither in the folder nor in a commit of a branch. */
function missing(folder: string, wanted: readonly string[]): readonly string[] {
  const git = new Git(folder);
  const commits = git.run(['rev-list', '--branches']).trimEnd().split('\n');
  return wanted.filter((line) => {
    const isThere = git.ask('grep', '--no-index', '--quiet', '--fixed-strings', '-e', line, '--', '.') !== undefined;
    return !isThere && git.ask('grep', '--quiet', '--fixed-strings', '-e', line, ...commits) === undefined;
  });
}

/**
 * Whether the last commit of the learner's branch has all files of one moment, and none of another
 * exercise.
 */
function firstIsWhole(folder: string): boolean {
  const git = new Git(folder);
  const files = git.run(['ls-tree', '-r', '--name-only', first]).split('\n');
  if (files.some((path) => path.startsWith('tests/exercise-02') || path === 'src/terminal/draw-board.ts')) return false;
  if (!git.run(['log', '-1', '--format=%s', first]).startsWith('Work in progress')) return true;
  return files.includes('notes.txt') && git.run(['show', `${first}:${game}`]).includes(lines.changed);
}

function isDone(folder: string, command: string): boolean {
  const git = new Git(folder);
  const branch = git.run(['symbolic-ref', '--short', 'HEAD']).trimEnd();
  const content = (commit: string) => git.run(['show', `${commit}:${game}`]);
  const inFolder = readFileSync(join(folder, game), 'utf8');
  const isQuiet = !['.workshop/change/journal.json', '.git/index.lock'].some((path) => existsSync(join(folder, path)));
  if (!isQuiet) return false;
  if (command === 'start 2') return branch === second && git.run(['status', '--porcelain']) === '';
  const wanted = command === 'apply' ? `solutions/${first}` : `${first}~${command === 'reset' ? 0 : 1}`;
  return branch === first && inFolder === content(wanted) && !inFolder.includes('learner');
}
