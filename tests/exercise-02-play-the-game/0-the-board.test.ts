import { expect } from 'vitest';

import { columns, drop, emptyBoard, hasRoom, isFull, tokenAt, winningLine } from '../../src/domain/index.ts';
import type { Board, Column, Token } from '../../src/domain/index.ts';
import { given } from '../support/step.ts';

/** The board after these columns have been played in turn, yellow first. */
function boardAfter(letters: string): Board {
  const colors: readonly Token[] = ['yellow', 'red'];
  return Array.from(letters).reduce(
    (board, letter, turn) => drop(board, letter as Column, colors[turn % 2] ?? 'yellow'),
    emptyBoard,
  );
}

given('a token falls to the lowest free cell of its column', () => {
  const board = boardAfter('DD');
  expect(tokenAt(board, { column: 'D', row: 1 })).toBe('yellow');
  expect(tokenAt(board, { column: 'D', row: 2 })).toBe('red');
  expect(tokenAt(board, { column: 'D', row: 3 })).toBeUndefined();
});

given('a board is a value: dropping a token leaves the old board as it was', () => {
  drop(emptyBoard, 'A', 'yellow');
  expect(emptyBoard.A).toEqual([]);
});

given('a column has room for six tokens', () => {
  expect(hasRoom(boardAfter('AAAAA'), 'A')).toBe(true);
  expect(hasRoom(boardAfter('AAAAAA'), 'A')).toBe(false);
});

given('a board is full when no column has room', () => {
  expect(isFull(emptyBoard)).toBe(false);
  expect(isFull(boardAfter(columns.join('').repeat(6)))).toBe(true);
});

for (const [direction, letters] of [
  ['beside each other', 'AABBCCD'],
  ['on top of each other', 'ABABABA'],
  ['in a rising diagonal', 'ABBCCDCDDGD'],
  ['in a falling diagonal', 'GFFEEDEDDAD'],
] as const) {
  given(`four tokens ${direction} are a winning line`, () => {
    expect(winningLine(boardAfter(letters))).toHaveLength(4);
    expect(winningLine(boardAfter(letters.slice(0, -1)))).toBeUndefined();
  });
}
