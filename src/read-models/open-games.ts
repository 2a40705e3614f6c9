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
    const games = tables.table<OpenGame>('open games');
    const lastEventAt = recordedAt.toISOString();
    switch (event.type) {
      case 'GameStarted':
        games.set(gameId, { gameId, ...event.data, moves: 0, lastEventAt });
        break;
      case 'MoveMade': {
        const game = games.get(gameId);
        if (game !== undefined) games.set(gameId, { ...game, moves: game.moves + 1, lastEventAt });
        break;
      }
      case 'GameFinished':
        games.delete(gameId);
        break;
      default:
        event satisfies never;
    }
  },
};

/** The open games, the one with the latest event first. */
export function openGamesIn(tables: Tables): readonly OpenGame[] {
  const games = tables.table<OpenGame>('open games').values();
  return games.toSorted((one, other) => other.lastEventAt.localeCompare(one.lastEventAt));
}
