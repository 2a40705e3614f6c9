import { WrongExpectedRevisionError, type EventStore, type NewEvent } from '../event-store/event-store.ts';
import { hideNames, isStreamInPlain, showNames } from './hide-names.ts';
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

  let begunInPlain: Promise<ReadonlySet<string>> | undefined;

  /** The stream as it is stored. Without an id, it is one that does not exist. */
  async function placeOf(stream: string, idOfName: (name: string) => string | undefined): Promise<string> {
    const [before, name] = personalStream(stream) ?? [];
    if (before === undefined || name === undefined) return stream;
    begunInPlain ??= streamsInPlain(store, people).catch((error: unknown) => {
      begunInPlain = undefined; // the next call tries again
      throw error;
    });
    return (await begunInPlain).has(stream) ? stream : `${before}@${idOfName(name) ?? ''}`;
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

/** The streams that were begun with a name in plain. They go on so, until their names are moved. */
async function streamsInPlain(store: EventStore, people: People): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const streamPrefix of ['career-', 'season-']) {
    for (let fromPosition: bigint | undefined; ;) {
      const events = await store.readAll({ streamPrefix, fromPosition, maxCount: 1000 });
      if (events.length === 0) break;
      for (const { stream } of events) if (isStreamInPlain(stream, people)) found.add(stream);
      fromPosition = events.at(-1)?.position;
    }
  }
  return found;
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
