import { todo } from '../todo.ts';
import type { Tables } from './model.ts';
import type { Projection } from './projection.ts';

/** A game that people still play. */
export type OpenGame = {
  readonly gameId: string;
  readonly playerOne: string;
  readonly playerTwo: string;
  readonly moves: number;
  /** When its last event was recorded, as an ISO 8601 text. */
  readonly lastEventAt: string;
};

/** Which games are open? */
export const openGames: Projection = {
  name: 'open-games',
  version: 1,
  apply(tables, event, { gameId, recordedAt }) {
    todo('5.1', 'keep a row for each open game in the table "open games".');
  },
};

/** The open games, the one with the latest event first. */
export function openGamesIn(tables: Tables): readonly OpenGame[] {
  const games = tables.table<OpenGame>('open games').values();
  return games.toSorted((one, other) => other.lastEventAt.localeCompare(one.lastEventAt));
}
