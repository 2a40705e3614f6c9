import { randomUUID } from 'node:crypto';

import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { UnknownGameError } from '../../src/terminal/session.ts';
import { tiedGame } from '../support/games.ts';
import { names, play } from './play.ts';

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
])('"%s" leads to an error message, and the game goes on', async (line, answer) => {
  const { screen, refusals } = await play([...names, line, 'D', 'history']);
  expect(screen).toContain(answer);
  expect(screen).not.toContain(`"\u001b`);
  expect(refusals).toBe(1);
  expect(screen).toContain('1  MoveMade      {"player":"Alice","column":"D"}');
});

test('a move into a full column shows the rule that it breaks', async () => {
  const { screen } = await play([...names, 'D', 'D', 'D', 'D', 'D', 'D', 'D']);
  expect(screen).toContain('Column D is full.');
});

test('a move in a finished game shows the rule that it breaks', async () => {
  const { screen } = await play([...names, 'A', 'A', 'B', 'B', 'C', 'C', 'D', 'E']);
  expect(screen).toContain('This game is over.');
});

test.each([
  [['', 'Bob'], 'Each player needs a name.'],
  [['Alice', 'Alice'], 'need different names'],
  [['x'.repeat(10_000), 'Alice', 'Alice'], 'at most 40 characters'],
  [['\u001b[31mAlice', 'Alice', 'Alice'], 'control characters'],
  [['\u202eecilA', '\u200b', 'Zoe\u0308', 'Zo\u00eb', 'Zoe\u0308'], 'The two names look the same.'],
])('invalid names are refused, and asked for again', async (lines, answer) => {
  const { screen } = await play([...lines, ...names, 'D']);
  expect(screen).toContain(answer);
  expect(screen).toContain('Bob, your move:');
});

test('control characters in a stored name never reach the terminal', async () => {
  const store = new InMemoryEventStore();
  const data = { playerOne: '\u001b]0;gotcha\u0007', playerTwo: `B\r${'o'.repeat(10_000)}b` };
  await store.appendToStream('game-g1', [{ id: randomUUID(), type: 'GameStarted', data }], { expectedRevision: 'any' });
  const { screen } = await play(['history', 'D'], { store, gameId: 'g1' });
  expect(screen).not.toMatch(/[\u001b\u0007\r]/);
});

test('there is no undo, and the game says why', async () => {
  const { screen, refusals } = await play([...names, 'undo']);
  expect(screen).toContain('There is no undo. A move is an event, and an event is a fact');
  expect(refusals).toBe(0);
});

test('a game can be opened again while other games continue', async () => {
  const store = new InMemoryEventStore();
  const first = await play([...names, 'D'], { store });
  const back = await play(['D', 'new', 'Carol', 'Dave', 'A', `open ${String(first.gameId)}`, 'E'], {
    store,
    gameId: String(first.gameId),
  });
  expect(back.refusals).toBe(0);
  expect(await store.readStream(`game-${String(first.gameId)}`)).toHaveLength(4);
});

test('a game that does not exist cannot be opened', async () => {
  await expect(play([], { gameId: 'nowhere' })).rejects.toThrow(UnknownGameError);
});

test('a race shows both windows, and runs in a copy of the game', async () => {
  const { screen, refusals } = await play([...names, 'D', 'race D E', 'history']);
  expect(screen).toContain('Bob moves at the same moment in two windows.');
  expect(screen).toMatch(/window 1, column D: \S/);
  expect(screen).toMatch(/window 2, column E: \S/);
  expect(screen.split('history').at(-1)).not.toContain('2  MoveMade');
  expect(refusals).toBe(0);
});

test('a race needs a game in progress', async () => {
  const { screen, refusals } = await play([...names, ...Array.from('AABBCCD'), 'race']);
  expect(screen).toContain('A race needs a game in which it is somebody’s turn.');
  expect(refusals).toBe(1);
});

test('history --why says that a person has started a game', async () => {
  const { screen, refusals } = await play([...names, 'history --why']);
  expect(screen).toContain('No event has led to this game: a person has started it.');
  expect(screen).toContain('0  GameStarted');
  expect(refusals).toBe(0);
});

test('history --why draws the chain of causes of a game', async () => {
  const store = new InMemoryEventStore();
  const first = { id: randomUUID(), type: 'TournamentStarted', data: { players: ['Alice', 'Bob\r'] } };
  await store.appendToStream('tournament-cup', [first], { expectedRevision: 'no_stream' });
  const metadata = { correlationId: first.id, causationId: first.id };
  const started = { id: randomUUID(), type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' }, metadata };
  await store.appendToStream('game-g1', [started], { expectedRevision: 'no_stream' });
  const { screen } = await play(['history --why'], { store, gameId: 'g1' });
  expect(screen).toContain(
    '  TournamentStarted {"players":["Alice","Bob\\r"]} in tournament-cup, revision 0\n' +
      '  └─ GameStarted {"playerOne":"Alice","playerTwo":"Bob"} in game-g1, revision 0\n',
  );
});
