import type { GameCommand, GameEvent } from '../domain/index.ts';
import type { Streams } from '../event-store/event-store.ts';

/** What the sender of a command may say about it. */
export type Sender = {
  /** The last revision that the sender has seen. The decision rests on the history up to it. */
  readonly lastSeen?: bigint | 'no_stream';
  /** UUIDs for the new events. A repeated command repeats them, so nothing is stored twice. */
  readonly eventIds?: readonly string[];
};

/** Handles a command. Until exercise 4, `handle` takes no sender. */
export type HandleCommand = (
  store: Streams,
  gameId: string,
  command: GameCommand,
  sender?: Sender,
) => Promise<readonly GameEvent[]>;
