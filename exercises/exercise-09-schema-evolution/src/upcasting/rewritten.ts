import type { NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import { metadataOf } from './stored-events.ts';

/**
 * The events of a new stream in place of an old one. Each is linked to its original. All ids follow
 * from the originals, so that a repeated append stores nothing twice.
 *
 * @param stored the events of the old stream, all of them
 */
export function rewritten(stored: readonly RecordedEvent[], newStream: string): readonly NewEvent[] {
  return todo('9.8', 'return the events of today, with new ids, and with links to the originals.');
}

/** Whether an event repeats what another stream has told. */
export function isCopy(event: RecordedEvent): boolean {
  return metadataOf(event, 'copiedFrom') !== undefined;
}
