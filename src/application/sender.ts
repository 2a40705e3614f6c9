import type { GameCommand, GameEvent } from '../domain/index.ts';
import type { Streams } from '../event-store/event-store.ts';

/** What the sender of a command knows. Nothing of it has to be said. */
export type Sender = {
  /** The revision of the last event that the sender has seen. The decision rests on the history up to there. */
  readonly lastSeen?: bigint | 'no_stream';
  /** UUIDs for the new events. A sender that repeats a command repeats them, and nothing is stored twice. */
  readonly eventIds?: readonly string[];
};

/** Handles a command. Until exercise 4, `handle` takes no sender. */
export type HandleCommand = (
  store: Streams,
  gameId: string,
  command: GameCommand,
  sender?: Sender,
) => Promise<readonly GameEvent[]>;
