import type { EventStore } from './event-store/event-store.ts';
import { openEventStore } from './event-store/open.ts';

/**
 * Opens the event store as the programs use it.
 *
 * @param url as for `openEventStore`, which says what is thrown
 */
export async function openStore(url: string): Promise<EventStore> {
  return openEventStore(url);
}
