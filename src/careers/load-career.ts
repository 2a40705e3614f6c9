import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { careerStream, foldCareer } from './career.ts';
import type { Career } from './career-schema.ts';
import { readSnapshot } from './snapshot.ts';
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
  const stream = careerStream(player);
  const snapshot = readSnapshot(snapshots, stream);
  if (snapshot !== undefined) {
    // The snapshot's own event comes first. If it does not, the snapshot is not of this stream.
    const [own, ...later] = await store.readStream(stream, { fromRevision: BigInt(snapshot.revision) });
    if (own?.id === snapshot.eventId) {
      return { career: foldCareer(later, snapshot.career), last: later.at(-1) ?? own, folded: later.length };
    }
  }
  const events = await store.readStream(stream);
  return { career: foldCareer(events), last: events.at(-1), folded: events.length };
}
