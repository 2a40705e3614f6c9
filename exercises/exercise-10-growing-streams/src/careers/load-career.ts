import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Career } from './career-schema.ts';
import type { Snapshots } from './snapshots.ts';

export type LoadedCareer = {
  readonly career: Career;
  /** The last event that the career was folded from. */
  readonly last: RecordedEvent | undefined;
  /** How many events were folded for it. */
  readonly folded: number;
};

/**
 * Loads the career of a player: from the snapshot and the events after it, or from all events.
 *
 * @throws UnreadableEventError, EventStoreUnavailableError; never because of a snapshot
 */
export async function loadCareer(store: Streams, snapshots: Snapshots, player: string): Promise<LoadedCareer> {
  return todo('10.3', 'load the snapshot, and fold the events after it.');
}
