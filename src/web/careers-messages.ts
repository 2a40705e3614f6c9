/** What the page of the careers shows. */
export type CareersView = {
  /** The players with the most games first. */
  readonly careers: readonly CareerView[];
  /** Why the snapshots are not in their file, or `null`. */
  readonly trouble: string | null;
};

export type CareerView = {
  readonly player: string;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
  readonly longestStreak: number;
  readonly rating: number;
  /** The rating after each game, the last games only. */
  readonly ratings: readonly number[];
  /** The number of events in the stream, and in the season of the last game. */
  readonly events: number;
  readonly season: { readonly stream: string; readonly events: number };
  /** How many games the snapshot has in it, or `null` without one that can be used. */
  readonly snapshot: number | null;
  /** How many events were folded for the last load. */
  readonly folded: number;
};
