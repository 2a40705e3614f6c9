import { todo } from '../todo.ts';
import { columns, type Column } from '../domain/index.ts';
import type { Tables } from './model.ts';
import type { Projection } from './projection.ts';

/** How the games went that began in a column. */
export type Opening = {
  readonly column: Column;
  readonly games: number;
  /** The games among them that player one, who began, has won. */
  readonly won: number;
};

/** Which first move wins most often? */
export const openings: Projection = {
  name: 'openings',
  version: 1,
  apply(tables, event, { gameId }) {
    todo('5.5', 'remember the first move of each game, and count it when the game is finished.');
  },
};

/** The openings of all finished games, by column. */
export function openingsIn(tables: Tables): readonly Opening[] {
  const counted = tables.table<Opening>('openings');
  return columns.flatMap((column) => counted.get(column) ?? []);
}
