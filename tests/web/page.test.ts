import { expect, test } from 'vitest';

import { problemOfName } from '../../src/application/player-name.ts';
import type { GameEvent } from '../../src/domain/index.ts';
import {
  announcement,
  changesBetween,
  lastRevision,
  momentAt,
  newCell,
  textOf,
  withEvents,
} from '../../src/web/client/timeline.ts';
import type { EventMessage } from '../../src/web/messages.ts';
import { changeInWords, textOfWords } from '../../src/web/client/words.ts';
import { GameList } from '../../src/web/server/game-list.ts';
import { afterMoves, finished } from '../support/example-moves.ts';

function message(event: GameEvent | undefined, revision: number): EventMessage {
  const { type = 'Unknown', data = {} } = event ?? {};
  const place = { stream: 'game-g1', revision, position: revision, id: '', recordedAt: '' };
  const problem = { type: '', title: '', status: 500, code: 'unreadable-event', detail: 'It cannot be read.' };
  return { recorded: { ...place, type, data, metadata: {} }, ...(event ? { event } : { problem }) };
}

test('a timeline takes in each event once, in order', () => {
  const events = afterMoves('DDE').map(message);
  const timeline = withEvents(withEvents([], events.slice(0, 2)), events);
  expect(timeline).toEqual(events);
  expect(lastRevision(timeline)).toBe(3);
  expect(withEvents(timeline, events), 'nothing new is nothing else').toBe(timeline);
});

test('each moment is folded from its events, and the cell of a move is the one that is new', () => {
  const timeline = afterMoves('DDE').map(message);
  expect(momentAt(timeline, 0).game).toEqual({ status: 'not started' });
  expect(momentAt(timeline, 3).view.tokens).toEqual(
    new Map([
      ['D1', 'yellow'],
      ['D2', 'red'],
    ]),
  );
  expect(newCell(momentAt(timeline, 3).view, momentAt(timeline, 4).view)).toBe('E1');
  expect(newCell(momentAt(timeline, 0).view, momentAt(timeline, 1).view)).toBeUndefined();
});

test('behind an event that cannot be read, the state stays as it was, and the moment says why', () => {
  const [first, second] = afterMoves('D');
  const timeline = [first, undefined, second].map(message);
  expect(momentAt(timeline, 1).trouble).toBeUndefined();
  expect(momentAt(timeline, 3)).toMatchObject({ trouble: 'It cannot be read.', game: { nextPlayer: 'Alice' } });
});

test('an event that cannot be folded names its revision', () => {
  const broken = { type: 'MoveMade', data: { player: 'Alice', column: 'Z' } } as unknown as GameEvent;
  const timeline = [...afterMoves('D'), broken].map(message);
  expect(momentAt(timeline, 3).trouble).toMatch(/^The state after revision 2 cannot be folded\. TypeError/);
});

test('an announcement has the last moves, and how the game stands', () => {
  const timeline = afterMoves('ABCDEF').map(message);
  expect(announcement(timeline, 5)).toBe(
    'A yellow token in column E, row 1. A red token in column F, row 1. It is Alice\u2019s turn.',
  );
  expect(announcement(timeline, 0).match(/token/g)).toHaveLength(4);
  expect(textOf(momentAt(timeline, 0).view.sentence)).toBe('Nobody has started this game yet.');
});

test.each([
  ['DDE', 0, 'Alice and Bob start a game: Alice has yellow, Bob has red; it is Alice\u2019s turn.'],
  ['DDE', 2, 'Bob drops into D: D2 is red; it is Alice\u2019s turn.'],
])('a change is put into words: %s, event %i', (moves, index, sentence) => {
  expect(textOfWords(changeInWords(afterMoves(moves).map(message), index))).toBe(sentence);
});

test('the end of a game is put into words', () => {
  const timeline = [...afterMoves('ABABABA'), finished('player one won')].map(message);
  expect(textOfWords(changeInWords(timeline, 7))).toContain('A1, A2, A3, A4 are a line');
  expect(textOfWords(changeInWords(timeline, 8))).toBe('The game ends: Alice has won.');
  const tied = [...afterMoves('A'), finished('tied')].map(message);
  expect(textOfWords(changeInWords(tied, 2))).toBe('The game ends: it is a draw.');
});

test('words say what the states say, and not what the event would do in a finished code', () => {
  const move = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } } as const;
  expect(textOfWords(changeInWords([message(move, 0)], 0))).toBe('Alice drops into D: nothing has changed.');
  const timeline = [...afterMoves('D'), move].map(message);
  expect(textOfWords(changeInWords(timeline, 2))).toBe(
    'Alice drops into D: D2 is yellow; it is still Bob\u2019s turn.',
  );
  expect(textOfWords(changeInWords([undefined].map(message), 0))).toBe('The state stays as it was.');
});

test('the list of games has the columns of the moves, by player', () => {
  const list = new GameList();
  list.apply('g1', { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' } });
  for (const [turn, column] of Array.from('DEX').entries()) {
    list.apply('g1', { type: 'MoveMade', data: { player: turn % 2 === 0 ? 'Alice' : 'Bob', column } });
  }
  expect(list.now.games[0]).toMatchObject({ moves: 3, drops: 'De' });
});

test('changes name what was there, what is there, and where', () => {
  const before = { status: 'in progress', board: { A: [], D: ['red'] }, nextPlayer: 'Alice' };
  const after = { status: 'in progress', board: { A: [], D: ['red', 'yellow'] }, result: 'tied' };
  expect(changesBetween(before, after)).toEqual([
    { path: 'board.D', before: ['red'], after: ['red', 'yellow'] },
    { path: 'nextPlayer', before: 'Alice', after: undefined },
    { path: 'result', before: undefined, after: 'tied' },
  ]);
  expect(changesBetween(before, before)).toEqual([]);
});

test('the list of games ignores events that it does not know, and has the last fifty games', () => {
  const list = new GameList();
  list.apply('odd', { type: 'MoveMade', data: {} });
  list.apply('odd', { type: 'GameStarted', data: 'nonsense' });
  list.apply('no id', { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob' } });
  for (let game = 0; game < 60; game += 1) {
    list.apply(`g${game}`, { type: 'GameStarted', data: { playerOne: 'Alice', playerTwo: 'Bob', more: true } });
    list.apply(`g${game}`, { type: 'SomethingElse', data: {} });
  }
  list.apply('g20', { type: 'MoveMade', data: {} });
  list.apply('g20', { type: 'GameFinished', data: { result: 'tied' } });
  expect(list.now.total).toBe(60);
  expect(list.now.games).toHaveLength(50);
  expect(list.now.games[0]).toEqual({ id: 'g20', playerOne: 'Alice', playerTwo: 'Bob', moves: 1, result: 'tied' });
  expect(list.now, 'it is made once').toBe(list.now);
});

test.each([
  ['a character that turns the text around', '\u202eevil\u202e bob', 'direction'],
  ['an isolate', 'a\u2067b', 'direction'],
  ['nothing that can be seen', '\u200b', 'invisible'],
  ['an invisible character', 'Alice\u200b', 'invisible'],
  ['a joiner between letters', 'Al\u200dice', 'invisible'],
  ['a filler that is invisible', '\u3164', 'invisible'],
  ['half a character', 'Al\ud83d', 'invisible'],
  ['only spaces', ' \u00a0\u2003', 'can be seen'],
  ['only blank braille', '\u2800', 'can be seen'],
  ['a control character', 'Al\u001bice', 'control'],
])('a name with %s is refused', (_, name, problem) => {
  expect(problemOfName(name)).toContain(problem);
});

test.each(['Zoë', 'José-María O’Neill', '手', 'محمد', '👩‍🚀', '👩🏽‍🚀 Ada', '❤️', '1'])('the name %s is taken', (name) => {
  expect(problemOfName(name)).toBeUndefined();
});

test.each([
  ['Zoe\u0308', 'Zo\u00eb'],
  ['Alice Bob', 'Alice\u00a0 Bob'],
  ['❤', '❤\ufe0f'],
])('the names "%s" and "%s" look the same', (one, other) => {
  expect(problemOfName(other, one)).toBe('The two names look the same.');
});

test('the domain, and not the form of a name, says that two equal names are refused', () => {
  expect(problemOfName('Alice', 'Alice')).toBeUndefined();
  expect(problemOfName('', 'Alice')).toBeUndefined();
});
