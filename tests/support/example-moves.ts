import { columns, isColumn } from '../../src/domain/index.ts';
import type { Column, GameEvent, GameFinished, MakeMove, MoveMade } from '../../src/domain/index.ts';
import { alice, bob, startedBy, type Pair } from './examples.ts';

export const results = ['player one won', 'player two won', 'tied'] as const;

export function move(player: string, column: string): MakeMove {
  return { type: 'MakeMove', data: { player, column } };
}

export function moved(player: string, letter: string): MoveMade {
  return { type: 'MoveMade', data: { player, column: columnOf(letter) } };
}

export function finished(result: GameFinished['data']['result']): GameFinished {
  return { type: 'GameFinished', data: { result } };
}

/**
 * A started game with moves of the two players in turn: `afterMoves('DDE')` has three moves, the
 * last one by Alice.
 */
export function afterMoves(letters: string, players: Pair = [alice, bob]): readonly GameEvent[] {
  return [startedBy(...players), ...Array.from(letters, (letter, turn) => moved(playerOf(turn, players), letter))];
}

/** The player of the move with this number, counted from 0. */
export function playerOf(turn: number, players: Pair): string {
  return turn % 2 === 0 ? players[0] : players[1];
}

/** The board after these moves, column by column. */
export function boardAfter(letters: string): Readonly<Record<string, readonly string[]>> {
  const tokens = Array.from(letters, (letter, turn) => ({ letter, color: turn % 2 === 0 ? 'yellow' : 'red' }));
  const tokensIn = (column: string) => tokens.filter(({ letter }) => letter === column).map(({ color }) => color);
  return Object.fromEntries(columns.map((column) => [column, tokensIn(column)]));
}

function columnOf(letter: string): Column {
  if (isColumn(letter)) return letter;
  throw new Error(`there is no column ${letter}`);
}
