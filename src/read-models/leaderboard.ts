import type { Tables } from './model.ts';
import type { Projection } from './projection.ts';

/** What a player has achieved in all finished games. */
export type Standing = {
  readonly player: string;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
};

/** The players of a game. `GameFinished` names nobody. */
type Players = { readonly playerOne: string; readonly playerTwo: string };

/** Who wins most often? */
export const leaderboard: Projection = {
  name: 'leaderboard',
  version: 1,
  apply(tables, event, { gameId }) {
    const playing = tables.table<Players>('playing');
    if (event.type === 'GameStarted') playing.set(gameId, event.data);
    if (event.type !== 'GameFinished') return;

    const players = playing.get(gameId);
    if (players === undefined) return;
    const { playerOne, playerTwo } = players;
    switch (event.data.result) {
      case 'player one won':
        count(tables, playerOne, 'won');
        count(tables, playerTwo, 'lost');
        break;
      case 'player two won':
        count(tables, playerOne, 'lost');
        count(tables, playerTwo, 'won');
        break;
      case 'tied':
        count(tables, playerOne, 'tied');
        count(tables, playerTwo, 'tied');
        break;
      default:
        event.data.result satisfies never;
    }
    playing.delete(gameId);
  },
};

function count(tables: Tables, player: string, result: 'won' | 'tied' | 'lost'): void {
  const standings = tables.table<Standing>('standings');
  const standing = standings.get(player) ?? { player, won: 0, tied: 0, lost: 0 };
  standings.set(player, { ...standing, [result]: standing[result] + 1 });
}

/** The standings, the best first: more games won, then more tied, then the name. */
export function standingsIn(tables: Tables): readonly Standing[] {
  const standings = tables.table<Standing>('standings').values();
  return standings.toSorted(
    (one, other) => other.won - one.won || other.tied - one.tied || one.player.localeCompare(other.player),
  );
}
