import { todo } from '../todo.ts';
import type { Tables } from './model.ts';
import type { Projection } from './projection.ts';

/** What a player has achieved in all finished games. */
export type Standing = {
  readonly player: string;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
};

/** Who wins most often? */
export const leaderboard: Projection = {
  name: 'leaderboard',
  version: 1,
  apply(tables, event, { gameId }) {
    todo('5.2', 'remember who plays, and count a finished game for both players.');
  },
};

/** The standings, the best first: more games won, then more tied, then the name. */
export function standingsIn(tables: Tables): readonly Standing[] {
  const standings = tables.table<Standing>('standings').values();
  return standings.toSorted(
    (one, other) => other.won - one.won || other.tied - one.tied || one.player.localeCompare(other.player),
  );
}
