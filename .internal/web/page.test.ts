import { expect, test } from 'vitest';

import type { GameEvent } from '../../src/domain/index.ts';
import { GameList } from '../../src/web/game-list.ts';
import { RequestBudget } from '../../src/web/limits.ts';
import { difference } from '../../src/web/page/difference.ts';
import { History, newCell } from '../../src/web/page/history.ts';
import type { ShownEvent } from '../../src/web/wire.ts';
import { afterMoves } from '../../tests/support/example-moves.ts';

function shown(revision: number, event: GameEvent | undefined): ShownEvent {
  const { type = 'Unknown', data = {} } = event ?? {};
  const stored = { stream: 'game-g1', revision, position: revision, id: '', type, data, metadata: {}, recordedAt: '' };
  const problem = { type: '', title: '', status: 500, code: 'unreadable-event', detail: 'It cannot be read.' };
  return { revision, stored, ...(event ? { event } : { problem }) };
}

test('a history takes in each event once, in order', () => {
  const history = new History();
  const events = afterMoves('DDE').map((event, revision) => shown(revision, event));
  expect([...events, ...events].map((event) => history.add(event))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(history.last).toBe(3);
  expect(history.events).toEqual(events);
});

test('each moment is folded from its events, and the cell of a move is the one that is new', () => {
  const history = new History();
  for (const [revision, event] of afterMoves('DDE').entries()) history.add(shown(revision, event));
  expect(history.at(0).game).toEqual({ status: 'not started' });
  expect(history.at(3).facts.tokens).toEqual(
    new Map([
      ['D1', 'yellow'],
      ['D2', 'red'],
    ]),
  );
  expect(newCell(history.at(3).facts, history.at(4).facts)).toBe('E1');
  expect(newCell(history.at(0).facts, history.at(1).facts)).toBeUndefined();
});

test('where an event cannot be read, the state stays what it was before, and the moment says why', () => {
  const history = new History();
  const [first, second] = afterMoves('D');
  for (const [revision, event] of [first, undefined, second].entries()) history.add(shown(revision, event));
  expect(history.at(1).trouble).toBeUndefined();
  expect(history.at(3)).toMatchObject({ trouble: 'It cannot be read.', game: { nextPlayer: 'Alice' } });
});

test('a difference names what was there, what is there, and where', () => {
  const before = { status: 'in progress', board: { A: [], D: ['red'] }, nextPlayer: 'Alice' };
  const after = { status: 'in progress', board: { A: [], D: ['red', 'yellow'] }, result: 'tied' };
  expect(difference(before, after)).toEqual([
    { path: 'board.D', before: ['red'], after: ['red', 'yellow'] },
    { path: 'nextPlayer', before: 'Alice', after: undefined },
    { path: 'result', before: undefined, after: 'tied' },
  ]);
  expect(difference(before, before)).toEqual([]);
});

test('the list of games minds only the events that it knows, and lists the last fifty', () => {
  const list = new GameList();
  list.apply('odd', { type: 'MoveMade', data: {} });
  list.apply('odd', { type: 'GameStarted', data: 'nonsense' });
  for (let game = 0; game < 60; game += 1) {
    list.apply(`g${game}`, { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob', more: true } });
    list.apply(`g${game}`, { type: 'SomethingElse', data: {} });
  }
  list.apply('g20', { type: 'MoveMade', data: {} });
  list.apply('g20', { type: 'GameFinished', data: { result: 'tied' } });
  expect(list.now().total).toBe(60);
  expect(list.now().games).toHaveLength(50);
  expect(list.now().games[0]).toEqual({ id: 'g20', playerOne: 'Alice', playerTwo: 'Bob', moves: 1, result: 'tied' });
});

test('an address has so many requests at once, and so many in a second from then on', () => {
  let now = 0;
  const budget = new RequestBudget({ streams: 1, requestsPerSecond: 10, burst: 3 }, () => now);
  const spend = (address: string) => {
    budget.spend(address);
  };
  for (let count = 0; count < 3; count += 1) spend('one');
  expect(() => {
    spend('one');
  }).toThrow('too many requests');
  spend('other');
  now = 100;
  spend('one');
  expect(() => {
    spend('one');
  }).toThrow('too many requests');
  now = 10_000;
  for (let count = 0; count < 3; count += 1) spend('one');
});
