import { columns, type Column, type GameEvent } from '../domain/index.ts';
import type { Tables } from './model.ts';
import type { Projection } from './projection.ts';

/** How the games went that began in a column. */
export type Opening = {
  readonly column: Column;
  readonly games: number;
  /** The games among them that player one, who began, has won. */
  readonly won: number;
};

/** The first move of a game. */
type FirstMove = { readonly column: Column };

/** Which first move wins most often? */
export const openings: Projection = {
  name: 'openings',
  version: 1,
  apply(tables, event: GameEvent, { gameId }) {
    const firstMoves = tables.table<FirstMove>('first moves');
    const first = firstMoves.get(gameId);
    if (event.type === 'MoveMade' && first === undefined) firstMoves.set(gameId, { column: event.data.column });
    if (event.type !== 'GameFinished' || first === undefined) return;

    const counted = tables.table<Opening>('openings');
    const { column } = first;
    const { games, won } = counted.get(column) ?? { games: 0, won: 0 };
    const isWon = event.data.result === 'player one won';
    counted.set(column, { column, games: games + 1, won: won + (isWon ? 1 : 0) });
    firstMoves.delete(gameId);
  },
};

/** The openings of all finished games, by column. */
export function openingsIn(tables: Tables): readonly Opening[] {
  const counted = tables.table<Opening>('openings');
  return columns.flatMap((column) => counted.get(column) ?? []);
}
