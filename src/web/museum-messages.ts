import type { GameEvent } from '../domain/index.ts';

/** What the page of the museum shows. */
export type MuseumView = { readonly games: readonly MuseumGame[] };

/** A game as an earlier version of the program has stored it. */
export type MuseumGame = {
  /** For example 'v1/two-moves-at-once'. */
  readonly name: string;
  readonly about: string;
  readonly events: readonly MuseumEvent[];
  /** Why its events cannot be read. */
  readonly trouble?: string;
};

/** A stored event, and the events of today that it is read as: one, two, or none. */
export type MuseumEvent = {
  readonly revision: number;
  readonly type: string;
  readonly data: unknown;
  readonly readAs: readonly GameEvent[];
};

/** Where a game of the museum has been hung. */
export type Hung = { readonly gameId: string };
