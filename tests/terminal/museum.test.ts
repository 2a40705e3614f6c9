import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { loadGame } from '../../src/application/game-commands.ts';
import { openStore, openStored } from '../../src/open-store.ts';
import { parseExhibit } from '../../src/museum/museum-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'museum-'));
const url = `sqlite:${join(folder, 'club.db')}`;
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the program, and answers with this text. */
function run(program: string, args: readonly string[], answer = '') {
  const child = spawn(process.execPath, ['--import', 'tsx', `src/terminal/${program}.ts`, ...args], {
    env: { ...process.env, NO_COLOR: '1', EVENT_STORE: url },
  });
  child.stdin.end(answer);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

// Each test starts programs, which is slow on a busy machine.
describe('npm run museum, and npm run replace-stream', { timeout: 120_000 }, () => {
  test('a game is played, hung, replaced, and replaced only once', async () => {
    const played = await run('museum-main', ['v1/two-moves-that-win', '--import']);
    expect(played.output).toContain('TwoMovesMade {"columns":[4,3]}');
    expect(played.output).toContain('read as MoveMade {"player":"Fatima","column":"D"}');
    expect(played.output).toContain('Fatima has won!');
    const gameId = /are now game (\w+)/.exec(played.output)?.[1] ?? '';

    const declined = await run('replace-stream', [gameId], 'no\n');
    expect(declined.output).toContain(`The 12 events would go into a new stream, game-${gameId}-today.`);
    expect(declined.output).toContain('Nothing was changed.');
    expect((await storedIn(gameId)).length).toBe(10);

    expect((await run('replace-stream', [gameId], 'yes\n')).output).toContain(`was replaced by ${gameId}-today`);
    expect((await run('replace-stream', [gameId, '--yes'])).output).toContain('There is nothing to do.');
    expect((await storedIn(gameId)).slice(-2)).toEqual(['GameWon', 'StreamReplaced']);
    expect((await storedIn(`${gameId}-today`)).at(-1)).toBe('GameFinished');
    const store = await openStore(url);
    expect((await loadGame(store, gameId)).game).toEqual((await loadGame(store, `${gameId}-today`)).game);
    await store.close();
  });

  test('a mistake of the user gets a sentence', async () => {
    expect(await run('museum-main', ['--import'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('Which game? npm run museum -- NAME --import') as string,
    });
    expect(await run('museum-main', ['v1/nope'])).toEqual({
      code: 2,
      output: 'There is no "v1/nope" in the museum. All names: npm run museum\n',
    });
    expect(await run('replace-stream', ['nobody'])).toEqual({ code: 1, output: 'There is no game "nobody".\n' });
    const open = await run('museum-main', ['mixed/not-over', '--import']);
    const gameId = /are now game (\w+)/.exec(open.output)?.[1] ?? '';
    const { code, output } = await run('replace-stream', [gameId, '--yes']);
    expect([code, output]).toEqual([1, expect.stringContaining('is not over')]);
  });
});

const board = '. . . . . . .\n'.repeat(6);

test.each([
  ['0 GameStarted {"player1":"Ann"\n', 'x, line 1: {"player1":"Ann" is not JSON.'],
  ['1 GameStarted {}\n', 'x, line 1: the next revision is 0, not 1.'],
  [
    '# a comment\nwhat is this?\n',
    'x, line 2: "what is this?" cannot be read: not an event, not a row, and not the result.',
  ],
  [board, 'x: there is no event.'],
  ['0 GameStarted {}\n. . . . . . .\n', 'x: a board has 6 rows, not 1.'],
  [
    `0 GameStarted {}\n${board}result: yellow\n`,
    'x: the result has to be player one won, or player two won, or tied, or open.',
  ],
])('a broken file of the museum is explained: %j', (text, sentence) => {
  expect(() => parseExhibit('x', text)).toThrow(sentence);
});

async function storedIn(gameId: string): Promise<readonly string[]> {
  const store = await openStored(url);
  const events = await store.readStream(`game-${gameId}`);
  await store.close();
  return events.map(({ type }) => type);
}
