import { expect } from 'vitest';

import { columns, drop, emptyBoard, hasRoom, isFull, tokenAt, winningLine } from '../../src/domain/index.ts';
import type { Board, Column, Token } from '../../src/domain/index.ts';
import { lateWin, tiedGame, tiedGames, wonGames, wonTwice } from '../support/games.ts';
import { resultOf } from '../support/referee.ts';
import { there } from '../support/step.ts';

/** The board after these moves. Yellow begins. */
function boardAfter(letters: string): Board {
  const colors: readonly Token[] = ['yellow', 'red'];
  return Array.from(letters).reduce(
    (board, letter, turn) => drop(board, letter as Column, colors[turn % 2] ?? 'yellow'),
    emptyBoard,
  );
}

there('a token falls to the lowest free cell of its column', () => {
  const board = boardAfter('DD');
  expect(tokenAt(board, { column: 'D', row: 1 })).toBe('yellow');
  expect(tokenAt(board, { column: 'D', row: 2 })).toBe('red');
  expect(tokenAt(board, { column: 'D', row: 3 })).toBeUndefined();
});

there('a board is a value: dropping a token does not change the old board', () => {
  drop(emptyBoard, 'A', 'yellow');
  expect(emptyBoard.A).toEqual([]);
});

there('a column has room for six tokens', () => {
  expect(hasRoom(boardAfter('AAAAA'), 'A')).toBe(true);
  expect(hasRoom(boardAfter('AAAAAA'), 'A')).toBe(false);
});

there('a board is full when no column has room', () => {
  expect(isFull(emptyBoard)).toBe(false);
  expect(isFull(boardAfter(columns.join('').repeat(6)))).toBe(true);
});

for (const [direction, letters] of [
  ['beside each other', 'AABBCCD'],
  ['on top of each other', 'ABABABA'],
  ['in a rising diagonal', 'ABBCCDCDDGD'],
  ['in a falling diagonal', 'GFFEEDEDDAD'],
] as const) {
  there(`four tokens ${direction} are a winning line`, () => {
    expect(winningLine(boardAfter(letters))).toHaveLength(4);
    expect(winningLine(boardAfter(letters.slice(0, -1)))).toBeUndefined();
  });
}

there('the example games cover every line of the board, with every last cell of it', () => {
  expect(wonGames).toHaveLength(213);
  const ends = new Set(wonGames.map((letters) => JSON.stringify([winningLine(boardAfter(letters)), letters.at(-1)])));
  expect(ends.size).toBeGreaterThan(200);
  for (const letters of [...wonGames, ...wonTwice, lateWin]) {
    expect(resultOf(letters.slice(0, -1)), letters).toBeUndefined();
    expect(resultOf(letters), letters).toBe(letters.length % 2 === 1 ? 'player one won' : 'player two won');
  }
  for (const letters of [tiedGame, ...tiedGames]) expect(resultOf(letters), letters).toBe('tied');
});
