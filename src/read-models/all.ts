import { leaderboard, standingsIn } from './leaderboard.ts';
import type { Tables } from './model.ts';
import { openGames, openGamesIn } from './open-games.ts';
import { openings, openingsIn } from './openings.ts';
import type { Projection } from './projection.ts';

/** A read model: how events become rows, and how its answer is read from them. */
export type ReadModel = {
  readonly projection: Projection;
  readonly rowsIn: (tables: Tables) => readonly object[];
};

/** All read models, as `npm run read-models` lists them. */
export const readModels: readonly ReadModel[] = [
  { projection: openGames, rowsIn: openGamesIn },
  { projection: leaderboard, rowsIn: standingsIn },
  { projection: openings, rowsIn: openingsIn },
];
