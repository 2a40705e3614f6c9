import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import picocolors from 'picocolors';
import { expect, test } from 'vitest';

import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite.ts';
import { Session, UnknownGameError } from '../../src/terminal/session.ts';
import { tiedGame } from '../support/games.ts';

type Line = string | (() => string | Promise<string>);

/** Plays a session with these lines, and gives back everything that was on the screen. A line may be found out at the last moment. */
async function play(lines: readonly Line[], { store = new InMemoryEventStore(), gameId }: Options = {}) {
  let screen = '';
  const left = [...lines];
  const conversation = {
    interactive: false,
    colors: picocolors.createColors(false),
    say: (text: string) => {
      screen += `${text}\n`;
    },
    ask: async (question: string) => {
      const next = left.shift();
      const line = typeof next === 'function' ? await next() : next;
      screen += `${question}${line ?? ''}\n`;
      return line;
    },
    close: () => undefined,
  };
  const result = await new Session(store, conversation).run(gameId);
  return { ...result, screen };
}

type Options = { store?: EventStore; gameId?: string };

const names = ['Alice', 'Bob'];

test('two people play a whole game', async () => {
  const { screen, refusals } = await play([...names, 'A', 'a', 'B', 'B', 'C', 'C', 'D', 'history']);
  expect(refusals).toBe(0);
  expect(screen).toContain('│[●]│[●]│[●]│[●]│   │   │   │');
  expect(screen).toContain('Alice has won!');
  expect(screen).toContain('    0  GameStarted   {"playerOne":"Alice","playerTwo":"Bob"}');
  expect(screen).toContain('    8  GameFinished  {"result":"player one won"}');
});

test('a game can end in a draw', async () => {
  const { screen } = await play([...names, ...tiedGame.split('')]);
  expect(screen).toContain('a draw');
});

test.each([
  ['X', 'The columns are A to G.'],
  ['D4', 'neither a column nor a command'],
  ['jump', 'neither a column nor a command'],
  ['open nowhere', 'There is no game "nowhere"'],
  ['open', 'There is no game ""'],
  ['\u001b[2J', 'neither a column nor a command'],
])('"%s" is answered with what is wrong, and the game goes on', async (line, answer) => {
  const { screen, refusals } = await play([...names, line, 'D', 'history']);
  expect(screen).toContain(answer);
  expect(screen).not.toContain(`"\u001b`);
  expect(refusals).toBe(1);
  expect(screen).toContain('1  MoveMade      {"player":"Alice","column":"D"}');
});

test('a move into a full column is answered with the rule that it breaks', async () => {
  const { screen } = await play([...names, 'D', 'D', 'D', 'D', 'D', 'D', 'D']);
  expect(screen).toContain('Column D is full.');
});

test('a move in a game that is over is answered with the rule that it breaks', async () => {
  const { screen } = await play([...names, 'A', 'A', 'B', 'B', 'C', 'C', 'D', 'E']);
  expect(screen).toContain('This game is over.');
});

test.each([
  [['', 'Bob'], 'Each player needs a name.'],
  [['Alice', 'Alice'], 'need different names'],
  [['x'.repeat(10_000), 'Alice', 'Alice'], 'at most 40 characters'],
  [['\u001b[31mAlice', 'Alice', 'Alice'], 'control characters'],
])('names that cannot be are refused, and asked for again', async (lines, answer) => {
  const { screen } = await play([...lines, ...names, 'D']);
  expect(screen).toContain(answer);
  expect(screen).toContain('Bob, your move:');
});

test('a name that was stored by another program never reaches the terminal raw', async () => {
  const store = new InMemoryEventStore();
  const data = { playerOne: '\u001b]0;gotcha\u0007', playerTwo: `B\r${'o'.repeat(10_000)}b` };
  await store.appendToStream('game-g1', [{ id: randomUUID(), type: 'GameStarted', data }], { expectedRevision: 'any' });
  const { screen } = await play(['history', 'D'], { store, gameId: 'g1' });
  expect(screen).not.toMatch(/[\u001b\u0007\r]/);
});

test('undo does not exist, and the game says why', async () => {
  const { screen, refusals } = await play([...names, 'undo']);
  expect(screen).toContain('There is no undo. A move is an event, and an event is a fact');
  expect(refusals).toBe(0);
});

test('one can come back to a game, and others go on beside it', async () => {
  const store = new InMemoryEventStore();
  const first = await play([...names, 'D'], { store });
  const back = await play(['D', 'new', 'Carol', 'Dave', 'A', `open ${String(first.gameId)}`, 'E'], {
    store,
    gameId: String(first.gameId),
  });
  expect(back.refusals).toBe(0);
  expect(await store.readStream(`game-${String(first.gameId)}`)).toHaveLength(4);
});

test('a game that does not exist cannot be come back to', async () => {
  await expect(play([], { gameId: 'nowhere' })).rejects.toThrow(UnknownGameError);
});

test('who plays on a board that is not the newest is shown what has happened, and moves nothing', async () => {
  const store = new InMemoryEventStore();
  const { gameId = '' } = await play(names, { store });
  const elsewhere = async () => {
    await play(['A', 'B'], { store, gameId });
    return 'D';
  };
  const { screen } = await play([elsewhere], { store, gameId });
  expect(screen).toContain('Somebody has played this game elsewhere');
  expect(screen).toContain('2  MoveMade      {"player":"Bob","column":"B"}');
  expect(await store.readStream(`game-${gameId}`)).toHaveLength(3);
});

test.each([
  ['an unknown type', 'GameResigned', {}],
  ['a missing field', 'MoveMade', { player: 'Alice' }],
  ['no JSON object', 'MoveMade', 'D'],
])('a stored event with %s is reported with its place, and nothing is lost', async (_, type, data) => {
  const store = new InMemoryEventStore();
  const { gameId = '' } = await play([...names, 'D'], { store });
  await store.appendToStream(`game-${gameId}`, [{ id: randomUUID(), type, data }], { expectedRevision: 'any' });
  const attempt = play(['E'], { store, gameId });
  await expect(attempt).rejects.toThrow(UnreadableEventError);
  await expect(attempt).rejects.toThrow(`Revision 2 of the stream "game-${gameId}" (${type})`);
  expect(await store.readStream(`game-${gameId}`)).toHaveLength(3);
});

test('a stored event that is no JSON, in a file that somebody has edited, is reported with its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'session-'));
  const store = new SqliteEventStore(join(folder, 'events.db'));
  const { gameId = '' } = await play([...names, 'D'], { store });
  await store.close();
  const database = new Database(join(folder, 'events.db'));
  database.exec('UPDATE events SET data = \'{"player":\' WHERE revision = 1');
  database.close();
  const again = new SqliteEventStore(join(folder, 'events.db'));
  const attempt = play(['E'], { store: again, gameId });
  await expect(attempt).rejects.toThrow(UnreadableEventError);
  await expect(attempt).rejects.toThrow(`Revision 1 of the stream "game-${gameId}" (MoveMade)`);
  await again.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a race is told from both windows, and is run in a copy: the game stays as it is', async () => {
  const { screen, refusals } = await play([...names, 'D', 'race D E', 'history']);
  expect(screen).toContain('Bob moves at the same moment in two windows.');
  expect(screen).toMatch(/window 1, column D: \S/);
  expect(screen).toMatch(/window 2, column E: \S/);
  expect(screen.split('history').at(-1)).not.toContain('2  MoveMade');
  expect(refusals).toBe(0);
});

test('a race needs somebody whose turn it is', async () => {
  const { screen, refusals } = await play([...names, ...Array.from('AABBCCD'), 'race']);
  expect(screen).toContain('A race needs a game in which it is somebody’s turn.');
  expect(refusals).toBe(1);
});
