import type { EventStore } from './event-store/event-store.ts';
import { openEventStore } from './event-store/open.ts';
import { openPeople } from './privacy/open-people.ts';
import { withoutNames } from './pseudonyms/without-names.ts';
import { asToday } from './upcasting/as-today.ts';

/**
 * Opens the event store as the programs use it: all events are today's, and names are stored apart.
 *
 * @param url as for `openEventStore`, which says what is thrown
 */
export async function openStore(url: string): Promise<EventStore> {
  return asToday(await openStored(url));
}

/** Opens the event store with its events in the shape in which they are stored. */
export async function openStored(url: string): Promise<EventStore> {
  const hidden = await openHidden(url);
  try {
    return withoutNames(hidden, openPeople(url));
  } catch (error) {
    await hidden.close();
    throw error;
  }
}

/** Opens the events as they are stored: with ids in place of names. */
export async function openHidden(url: string): Promise<EventStore> {
  return openEventStore(url);
}

/** Whether a stream, by its stored name, is one that `openHidden` reads: all are, until 12. */
export function isOwnStream(stream: string): boolean {
  return true;
}
