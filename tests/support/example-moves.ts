import type { Column, GameEvent, GameFinished, MakeMove, MoveMade } from '../../src/domain/index.ts';
import { alice, bob, started } from './examples.ts';

export function move(player: string, column: string): MakeMove {
  return { type: 'MakeMove', data: { player, column } };
}

export function moved(player: string, column: Column): MoveMade {
  return { type: 'MoveMade', data: { player, column } };
}

export function finished(result: GameFinished['data']['result']): GameFinished {
  return { type: 'GameFinished', data: { result } };
}

/** A started game in which Alice and Bob have moved in turn: `afterMoves('DDE')` has three moves, the last one Alice's. */
export function afterMoves(letters: string): readonly GameEvent[] {
  return [started, ...Array.from(letters, (letter, turn) => moved(turn % 2 === 0 ? alice : bob, letter as Column))];
}

/** A game of 42 moves in which nobody ever has four in a line: with the last move, the board is full. */
export const movesToADraw = 'FFCGCEDBCBDDDDDGBEGBBGFCEFBCFFGEGAECEAAAAA';

/** A game of 42 moves in which the very last one, into a board with one free cell, makes a line for player two. */
export const movesToALateWin = 'ECFFDEEABFCGDAAFFDFDGECGBAADBECEGBDABBGCGC';
