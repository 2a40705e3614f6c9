import { v5 as uuidFrom } from 'uuid';

import type { Json, NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { metadataOf } from './stored-events.ts';
import { upcast } from './upcast.ts';

/**
 * The events of a new stream in place of an old one. Each is linked to its original. All ids follow
 * from the originals, so that a repeated append stores nothing twice.
 *
 * @param stored the events of the old stream, all of them
 */
export function rewritten(stored: readonly RecordedEvent[], newStream: string): readonly NewEvent[] {
  return upcast(stored).map(({ id, type, data, metadata, stream, revision }) => ({
    id: uuidFrom(newStream, id),
    type,
    data: data as Json,
    metadata: { ...(metadata as NewEvent['metadata']), copiedFrom: stream, copiedFromRevision: String(revision) },
  }));
}

/** Whether an event repeats what another stream has told. */
export function isCopy(event: RecordedEvent): boolean {
  return metadataOf(event, 'copiedFrom') !== undefined;
}
