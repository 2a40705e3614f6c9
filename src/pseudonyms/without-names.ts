import { WrongExpectedRevisionError, type EventStore, type NewEvent } from '../event-store/event-store.ts';
import { hideNames, showNames } from './hide-names.ts';
import { subscription } from '../event-store/subscription.ts';
import { findPerson, idOf, personOf, type People } from '../privacy/people.ts';
import { personalStream } from './personal.ts';

/**
 * A store that gets ids in place of names, and returns names in place of ids. Events that were
 * stored in plain before are read as they are.
 *
 * @throws MissingKeyError when an event with a new name is appended, while a key is missing
 */
export function withoutNames(store: EventStore, people: People): EventStore {
  const idFor = idsIn(people);
  const hidden = ({ data, ...event }: NewEvent) => ({ ...event, data: hideNames(event.type, data, people, idFor) });

  /** The stream as it is stored. One that was begun in plain goes on in plain. */
  async function placeOf(stream: string, idOfName: (name: string) => string | undefined): Promise<string> {
    const [before, name] = personalStream(stream) ?? [];
    const id = name === undefined ? undefined : idOfName(name);
    if (before === undefined || id === undefined) return stream;
    const place = `${before}@${id}`;
    const isThere = async (one: string) => (await store.readStream(one, { maxCount: 1 })).length > 0;
    return !(await isThere(place)) && (await isThere(stream)) ? stream : place;
  }
  const existing = (stream: string) => placeOf(stream, (name) => findPerson(people, name));

  return {
    readStream: async (stream, options) => {
      return showNames(await store.readStream(await existing(stream), options), people);
    },
    appendToStream: async (stream, events, options) => {
      const place = await placeOf(stream, idFor);
      try {
        return await store.appendToStream(place, events.map(hidden), options);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError)) throw error;
        throw new WrongExpectedRevisionError(stream, error.expected, error.actual);
      }
    },
    readAll: async ({ streamPrefix = '', maxCount, ...options } = {}) => {
      const [before] = personalStream(streamPrefix) ?? [];
      if (before === undefined) {
        const limit = maxCount !== undefined && { maxCount };
        return showNames(await store.readAll({ ...options, streamPrefix, ...limit }), people);
      }
      const events = showNames(await store.readAll({ ...options, streamPrefix: before }), people);
      return events.filter(({ stream }) => stream.startsWith(streamPrefix)).slice(0, maxCount);
    },
    subscribeToStream: (stream, options = {}) =>
      subscription(async function* (signal) {
        const events = store.subscribeToStream(await existing(stream), { ...options, signal });
        for await (const event of events) yield* showNames([event], people);
      }, options.signal),
    subscribeToAll: ({ streamPrefix = '', ...options } = {}) =>
      subscription(async function* (signal) {
        const [before = streamPrefix] = personalStream(streamPrefix) ?? [];
        for await (const event of store.subscribeToAll({ ...options, streamPrefix: before, signal }))
          yield* showNames([event], people).filter(({ stream }) => stream.startsWith(streamPrefix));
      }, options.signal),
    close: async () => {
      await store.close();
      people.close();
    },
  };
}

/** Looks up ids. A known name is checked again, because it may be forgotten since. */
function idsIn(people: People): (name: string) => string {
  const found = new Map<string, string>();
  return (name) => {
    const known = found.get(name);
    if (known !== undefined && personOf(people, known).name === name) return known;
    const id = people.model.transaction(() => idOf(people, name));
    found.set(name, id);
    return id;
  };
}
