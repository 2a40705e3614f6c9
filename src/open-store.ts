import type { EventStore } from './event-store/event-store.ts';
import { openEventStore } from './event-store/open.ts';
import { clubOfProgram, prefixOf } from './operations/club.ts';
import { forClub } from './operations/for-club.ts';
import { traced } from './operations/traced-store.ts';
import { openPeople } from './privacy/open-people.ts';
import { withoutNames } from './pseudonyms/without-names.ts';
import { asToday } from './upcasting/as-today.ts';

/**
 * Opens the event store as the programs use it: all events are today's, and names are stored apart.
 *
 * @param url as for `openEventStore`, which says what is thrown
 * @throws InvalidSettingError also when CLUB is wrong
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

/**
 * Opens the events as they are stored: those of the club alone, with ids in place of names. So no
 * name gets into a trace.
 */
export async function openHidden(url: string): Promise<EventStore> {
  const club = clubOfProgram();
  const store = await openEventStore(url);
  return traced(club === undefined ? store : forClub(store, club));
}

/** Whether a stream, by its stored name, is one that `openHidden` reads. */
export function isOwnStream(stream: string): boolean {
  const club = clubOfProgram();
  return club === undefined ? !stream.startsWith('club-') : stream.startsWith(prefixOf(club));
}
