import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tournament-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts a program, and reads what it prints. Each test has an event store of its own. */
function start(store: string, program: 'tournament-main' | 'main', args: readonly string[]) {
  const url = store.includes(':') ? store : `sqlite:${join(folder, `${store}.db`)}`;
  const child = spawn(process.execPath, ['--import', 'tsx', `src/terminal/${program}.ts`, ...args], {
    env: { ...process.env, NO_COLOR: '1', EVENT_STORE: url },
  });
  const read = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (read.output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (read.errors += text));
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, ...read });
    });
  });
  /** Waits until it has printed these words, or has ended. */
  const says = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (`${read.output}${read.errors}`.includes(words)) resolve();
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', () => {
        resolve();
      });
      look();
    });
  return { child, ended, says };
}

async function run(store: string, ...args: readonly string[]) {
  const { child, ended } = start(store, 'tournament-main', args);
  child.stdin.end();
  return ended;
}

async function playGame(store: string, gameId: string): Promise<void> {
  const { child, ended } = start(store, 'main', [gameId]);
  child.stdin.end('A\nA\nB\nB\nC\nC\nD\n');
  await ended;
}

// Each test starts programs, which is slow on a busy machine.
describe.concurrent('npm run tournament', { timeout: 120_000 }, () => {
  test('a tournament plays itself on as its games end, in another program', async ({ expect }) => {
    const started = await run('whole', 'start', 'Alice', 'Bob', 'Carol', 'Dave', '--id', 'cup');
    expect(started).toMatchObject({ code: 0, errors: '' });
    expect(started.output).toContain('match 1  Alice against Bob: waits for the process');
    expect((await run('whole', 'list')).output).toBe('  cup  Alice, Bob, Carol, Dave: 0 of 3 matches decided\n');

    const first = start('whole', 'tournament-main', ['run']);
    await first.says('cup: Alice, Bob, Carol, Dave begin.');
    await playGame('whole', 'cup-match-1');
    await first.says('Alice has won match 1.');
    first.child.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0, errors: '' });

    await playGame('whole', 'cup-match-2');
    const second = start('whole', 'tournament-main', ['run']);
    await second.says('Carol has won match 2.');
    second.child.kill('SIGINT');
    const { output } = await second.ended;
    expect(output).not.toContain('match 1');
    expect((await run('whole', 'show', 'cup')).output).toContain(
      `
  Alice ─┐
         ├─ Alice ─┐
  Bob ───┘         │
                   ├─ (match 3)
  Carol ─┐         │
         ├─ Carol ─┘
  Dave ──┘
`.slice(1),
    );
  });

  test('a second process says that it waits for the first one', async ({ expect }) => {
    const first = start('twice', 'tournament-main', ['run']);
    await first.says('Ctrl-C ends it');
    const second = start('twice', 'tournament-main', ['run']);
    await second.says('Another program runs this subscriber');
    for (const { child } of [first, second]) child.kill('SIGINT');
    expect((await second.ended).errors).toContain('It is taken over when that program ends.');
    expect(await first.ended).toMatchObject({ code: 0, errors: '' });
  });

  test('a person decides a match', async ({ expect }) => {
    await run('award', 'start', 'Alice', 'Bob', 'Carol', 'Dave', '--id', 'cup');
    const { code, output } = await run('award', 'award', 'cup', '2', 'Dave');
    expect(code).toBe(0);
    expect(output).toContain('match 2  Carol against Dave: Dave has won');
    const again = await run('award', 'award', 'cup', '2', 'Carol');
    expect(again).toMatchObject({ code: 1, errors: 'Dave has already won match 2.\n' });
    const unknown = await run('award', 'award', 'cup', '1', 'Eve');
    expect(unknown).toMatchObject({ code: 1, errors: '"Eve" does not play in match 1.\n' });
    const noMatch = await run('award', 'award', 'cup', 'two', 'Eve');
    expect(noMatch).toMatchObject({ code: 1, errors: 'This tournament has the matches 1 to 3.\n' });
  });

  test.for<[string, readonly string[], number, string, string?]>([
    ['a player twice', ['start', 'Alice', 'Bob', 'Carol', 'Alice'], 1, '"Alice" is in the list twice.'],
    ['an odd number', ['start', 'Alice', 'Bob', 'Carol'], 1, 'A tournament has 4 or 8 players, not 3.'],
    ['no players', ['start'], 2, "missing required argument 'names'"],
    ['a name that is empty', ['start', 'Alice', ' ', 'Carol', 'Dave'], 1, 'A name needs a character'],
    ['names that look the same', ['start', 'Zoë', 'Zoe\u0308', 'A', 'B'], 1, 'The two names look the same.'],
    ['an invalid id', ['start', 'A', 'B', 'C', 'D', '--id', 'a/b'], 1, '"a/b" cannot be an id'],
    ['an unknown tournament', ['show', 'nowhere'], 1, 'There is no tournament "nowhere" in this event store.'],
    ['a win in an unknown tournament', ['award', 'nowhere', '1', 'A'], 1, 'There is no tournament "nowhere"'],
    ['an unknown command', ['stop'], 2, "unknown command 'stop'"],
    ['an invalid EVENT_STORE', ['list'], 2, '"mysql://x" is not the URL of an event store', 'mysql://x'],
    ['an unreachable store', ['list'], 1, 'does not answer', 'kurrentdb://127.0.0.1:9?tls=false'],
  ])(
    'reports %s in a sentence, without a stack trace',
    async ([, args, code, sentence, store = 'memory:'], { expect }) => {
      const ended = await run(store, ...args);
      expect(ended.code).toBe(code);
      expect(ended.errors).toContain(sentence);
      expect(ended.errors).not.toMatch(/^\s+at /m);
    },
  );
});
