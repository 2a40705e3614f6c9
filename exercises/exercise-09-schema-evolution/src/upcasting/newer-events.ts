import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';

/** Whether the writer of an event allows those who do not know it to leave it out. */
export function mayBeSkipped(event: RecordedEvent): boolean {
  return todo('9.7', 'look for the mark of the writer in the metadata.');
}

/**
 * The events that this program knows.
 *
 * @throws UnreadableEventError for any other event that may not be skipped
 */
export function onlyKnown(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return todo('9.7', 'leave out what may be skipped, and stop at any other unknown event.');
}
