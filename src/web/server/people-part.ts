import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore, RecordedEvent } from '../../event-store/event-store.ts';
import { openHidden } from '../../open-store.ts';
import { openPeople } from '../../privacy/open-people.ts';
import { findPerson, peopleIn, type People } from '../../privacy/people.ts';
import { hideNames, showNames } from '../../pseudonyms/hide-names.ts';
import type { PeopleView } from '../people-messages.ts';
import { viewsOf, type Part, type PartContext } from './part.ts';

/** The most events that the page shows. */
const mostShown = 8;

/** How often the page looks for changes, in milliseconds. */
const lookAgainMs = 500;

/** The people with the state of their names, and events as they are stored beside what is read. */
export function peoplePart({ store, url, signal }: PartContext): Part {
  const people = openPeople(url);
  let latest: readonly RecordedEvent[] | undefined;

  /** Begins with the first look at the page, because it reads all events once. */
  async function followEvents(): Promise<void> {
    latest = [];
    // Only this program has a store in memory, so its events cannot be read as they are stored.
    const stored = url === 'memory:' ? hiding(store, people) : await openHidden(url);
    try {
      for await (const event of stored.subscribeToAll({ streamPrefix: 'game-', signal }))
        latest = [event, ...latest].slice(0, mostShown);
    } finally {
      await stored.close();
    }
  }

  const view = (): PeopleView => {
    const events = latest ?? [];
    const read = showNames(events, people);
    return {
      people: peopleIn(people),
      events: events.map(({ stream, revision, type, data }, index) => {
        return { stream, revision: Number(revision), type, stored: data, read: read[index]?.data };
      }),
    };
  };
  const pause = (ended: AbortSignal) => delay(lookAgainMs, undefined, { signal: ended }).catch(() => undefined);
  return {
    name: 'people',
    follow: (ended) => {
      if (latest === undefined)
        followEvents().catch((error: unknown) => {
          latest = undefined;
          if (!signal.aborted) console.error('The events of the page of the people cannot be read:', error);
        });
      return viewsOf(view, pause, ended);
    },
  };
}

/** The events of a store as they are stored. Nobody is added. */
function hiding(store: EventStore, people: People): Pick<EventStore, 'subscribeToAll' | 'close'> {
  const idFor = (name: string) => findPerson(people, name) ?? name;
  return {
    async *subscribeToAll(options) {
      for await (const event of store.subscribeToAll(options))
        yield { ...event, data: hideNames(event.type, event.data, people, idFor) };
    },
    close: async () => undefined, // others use the store
  };
}
