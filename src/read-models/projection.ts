import type { GameEvent } from '../domain/index.ts';
import type { Tables } from './model.ts';

/**
 * How events become rows: a fold over the events of all games, made for one question. It depends on
 * the rows and the event alone: not on a clock, not on other reads, not on the event store.
 */
export type Projection = {
  /** The name of its file. */
  readonly name: string;
  /** The version of the shape of its rows. Each version has a file of its own. */
  readonly version: number;
  /** Changes the rows. Events come in the order of the log, those of all games mixed. */
  apply(tables: Tables, event: GameEvent, about: About): void;
};

/** What the store knows about an event. */
export type About = { readonly gameId: string; readonly recordedAt: Date };
