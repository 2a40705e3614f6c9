import type { Standing } from '../read-models/leaderboard.ts';
import type { OpenGame } from '../read-models/open-games.ts';
import type { Opening } from '../read-models/openings.ts';

/** What the page of the read models shows. */
export type ReadModelsView = {
  readonly openGames: ViewOf<OpenGame>;
  readonly leaderboard: ViewOf<Standing>;
  readonly openings: ViewOf<Opening>;
};

/** The rows of a read model. */
export type ViewOf<Row> = {
  readonly rows: readonly Row[];
  /** The position of the last event in them, as text, or `null` before the first one. */
  readonly position: string | null;
  /** Why the rows do not change now, or where they are kept instead of their file. */
  readonly trouble: string | null;
};
