import { UnreadableEventError } from '../application/game-event-codec.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { isKnown, isNewer, metadataOf } from './stored-events.ts';

/** Whether the writer of an event allows those who do not know it to leave it out. */
export function mayBeSkipped(event: RecordedEvent): boolean {
  return metadataOf(event, 'ifUnknown') === 'skip';
}

/**
 * The events that this program knows.
 *
 * @throws UnreadableEventError for any other event that may not be skipped
 */
export function onlyKnown(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.filter((event) => {
    if (isKnown(event)) return true;
    if (mayBeSkipped(event)) return false;
    throw new UnreadableEventError(event, isNewer);
  });
}
