import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { move } from '../support/example-moves.ts';
import { startGame } from '../support/examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'hall-of-fame-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the program until it ends, or until it has printed these words: then Ctrl-C ends it. */
function run(environment: Readonly<Record<string, string>>, args: readonly string[] = [], until?: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/terminal/hall-of-fame-main.ts', ...args], {
    env: { ...process.env, NO_COLOR: '1', EVENT_STORE: `sqlite:${join(folder, 'none.db')}`, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (until !== undefined && output.includes(until)) child.kill('SIGINT');
    });
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

// Each test starts a program, which is slow on a busy machine.
describe.concurrent('npm run hall-of-fame', { timeout: 120_000 }, () => {
  test('a game that is over is published, and enters the hall of fame', async () => {
    const file = join(folder, 'club.db');
    const store = new SqliteEventStore(file);
    await handle(store, 'g1', startGame);
    for (const [turn, letter] of Array.from('ABABABA').entries())
      await handle(store, 'g1', move(turn % 2 === 0 ? 'Alice' : 'Bob', letter));
    await store.close();
    const hall = 'Alice 1/0/0, Bob 0/0/1';
    const { code, output } = await run({ EVENT_STORE: `sqlite:${file}` }, [], hall);
    expect(code, output).toBe(0);
    expect(output).toContain('published  GameAnnounced.v1 {"gameId":"g1","players":["Alice","Bob"]}');
    expect(output).toContain('"winner":"Alice","moves":7}');
  });

  test.each([
    [
      'a bus of an unknown kind',
      { EVENT_BUS: 'kafka://127.0.0.1' },
      2,
      'EVENT_BUS: "kafka://127.0.0.1" is not the URL',
    ],
    ['an invalid event store', { EVENT_STORE: 'nonsense' }, 2, 'EVENT_STORE: "nonsense" is not the URL'],
    ['an event store that does not exist', {}, 1, 'Your first game makes one: npm run play'],
  ])('%s gets a sentence and an exit code', async (_, environment, wanted, sentence) => {
    const { code, output } = await run(environment);
    expect(output).toContain(sentence);
    expect(output).not.toContain('    at ');
    expect(code).toBe(wanted);
  });

  test('parked messages are listed', async () => {
    expect(await run({}, ['parked'])).toEqual({ code: 0, output: 'Parked in a bus in memory: 0.\n' });
  });

  test('a command that does not exist is refused', async () => {
    const word = randomUUID();
    const { code, output } = await run({}, [word]);
    expect(code).toBe(2);
    expect(output).toContain(`There is no command "${word}".`);
  });
});
