import { setImmediate as nextTurn } from 'node:timers/promises';

import { expect, test } from 'vitest';

import {
  WrongExpectedRevisionError,
  type AllSubscriptionOptions,
  type EventStore,
  type NewEvent,
  type ReadAllOptions,
  type RecordedEvent,
} from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { contract } from './contract.ts';

type Sabotage = (store: EventStore) => Partial<EventStore>;

/** Stores that each break one promise, with the case of the contract that has to detect it. */
const sabotages: readonly (readonly [what: string, noticedBy: string, Sabotage])[] = [
  [
    "ignores 'no_stream'",
    'refuses an append that expects no_stream when the stream exists, and writes nothing',
    appending(({ append, expectedRevision }) => append(expectedRevision === 'no_stream' ? 'any' : expectedRevision)),
  ],
  [
    "ignores 'stream_exists'",
    'refuses an append that expects stream_exists when it does not exist, and writes nothing',
    appending(({ append, expectedRevision }) =>
      append(expectedRevision === 'stream_exists' ? 'any' : expectedRevision),
    ),
  ],
  [
    'ignores an expected revision',
    'refuses an append that expects a revision that the stream has passed, and writes nothing',
    appending(({ append, expectedRevision }) =>
      append(typeof expectedRevision === 'bigint' ? 'any' : expectedRevision),
    ),
  ],
  [
    'accepts a revision that the stream has not reached',
    'refuses an append that expects a revision that the stream has not reached, and writes nothing',
    appending(async ({ store, stream, append, expectedRevision }) => {
      const last = (await store.readStream(stream)).at(-1)?.revision ?? -1n;
      return append(typeof expectedRevision === 'bigint' && expectedRevision > last ? 'any' : expectedRevision);
    }),
  ],
  [
    'checks the expected revision too early',
    'exactly one of 50 concurrent appends at the same revision is stored',
    appending(async ({ store, stream, append, expectedRevision }) => {
      const last = (await store.readStream(stream)).at(-1)?.revision ?? 'no_stream';
      await nextTurn();
      if (typeof expectedRevision === 'bigint' && expectedRevision !== last) {
        throw new WrongExpectedRevisionError(stream, expectedRevision, last);
      }
      return append('any');
    }),
  ],
  [
    'drops the second event of an append',
    'events are read in the order of their appends, with revisions from 0n on',
    appending(({ append, events, expectedRevision }) =>
      append(
        expectedRevision,
        events.filter((_, index) => index !== 1),
      ),
    ),
  ],
  [
    'reverses the events of an append',
    'events are read in the order of their appends, with revisions from 0n on',
    appending(({ append, events, expectedRevision }) => append(expectedRevision, events.toReversed())),
  ],
  [
    'stores the first events of an append that fails',
    'all of the events of an append are stored, or none',
    appending(async ({ append, events, expectedRevision }) => {
      let revision = -1n;
      for (const event of events) revision = await append(expectedRevision === 'any' ? 'any' : revision, [event]);
      return revision;
    }),
  ],
  [
    'answers with the number of events',
    'the answer is the revision of the last event',
    appending(async ({ append, expectedRevision }) => (await append(expectedRevision)) + 1n),
  ],
  [
    'stores a repeated append twice',
    "into an existing stream with 'any' stores nothing twice and is answered in the same way",
    appending(({ append, events, expectedRevision }) =>
      append(
        expectedRevision,
        events.map((event) => ({ ...event, id: crypto.randomUUID() })),
      ),
    ),
  ],
  [
    'recognizes a repeated append only at the end of the stream',
    'is recognized after appends of other writers',
    appending(async ({ store, stream, append, events, expectedRevision }) => {
      const stored = await store.readStream(stream);
      const isLast = stored.at(-1)?.id === events.at(-1)?.id;
      if (stored.length > 0 && !isLast && expectedRevision === 'no_stream') {
        throw new WrongExpectedRevisionError(stream, expectedRevision, stored.at(-1)?.revision ?? 'no_stream');
      }
      return append(expectedRevision);
    }),
  ],
  [
    'recognizes a repeated append by its first event only',
    'is refused when its events differ',
    appending(async ({ store, stream, append, events, expectedRevision }) => {
      const stored = await store.readStream(stream);
      return stored[0]?.id === events[0]?.id ? 0n : append(expectedRevision);
    }),
  ],
  ['accepts an append without events', 'refuses an append with no events', acceptingEmptyAppends],
  ['loses metadata', 'an event is read with all appended fields', reading((event) => ({ ...event, metadata: {} }))],
  [
    'numbers from 1',
    'events are read in the order of their appends, with revisions from 0n on',
    reading((event) => ({ ...event, revision: event.revision + 1n })),
  ],
  [
    'counts positions in each stream',
    'positions grow from event to event, over all streams, and leave a number free before each event',
    reading((event) => ({ ...event, position: event.revision })),
  ],
  [
    'ignores maxCount',
    'a read can start at a revision and stop after a number of events',
    (store) => ({ readStream: (stream, { fromRevision = 0n } = {}) => store.readStream(stream, { fromRevision }) }),
  ],
  [
    'ignores the case of stream names',
    'streams with similar names do not mix',
    (store) => ({
      readStream: (stream, options) => store.readStream(stream.toLowerCase(), options),
      appendToStream: (stream, events, options) => store.appendToStream(stream.toLowerCase(), events, options),
    }),
  ],
  [
    'shares objects with its readers',
    'changing an appended or read object does not change the stored event',
    sharingObjects(),
  ],
  [
    'ignores the prefix of a read',
    'returns the events of all streams with a prefix in the order of their appends',
    readingAll(({ streamPrefix: _, ...options }) => options),
  ],
  [
    'returns the newest events first',
    'returns the events of all streams with a prefix in the order of their appends',
    (store) => ({ readAll: async (options) => (await store.readAll(options)).toReversed() }),
  ],
  [
    'returns one stream after the other',
    'returns the events of all streams with a prefix in the order of their appends',
    (store) => ({
      readAll: async (options) =>
        (await store.readAll(options)).toSorted((left, right) => left.stream.localeCompare(right.stream)),
    }),
  ],
  [
    'returns the event at the given position again',
    'starts after the position of a handled event, whether its stream has the prefix or not',
    readingAll(({ fromPosition, ...options }) => ({
      ...options,
      ...(fromPosition !== undefined && fromPosition > 0n && { fromPosition: fromPosition - 1n }),
    })),
  ],
  [
    'drops the first event after each position',
    'starts after the position of a handled event, whether its stream has the prefix or not',
    (store) => ({
      readAll: async (options) => (await store.readAll(options)).slice(options?.fromPosition === undefined ? 0 : 1),
    }),
  ],
  [
    'ignores maxCount in a read of all streams',
    'returns at most maxCount events, counting only those with the prefix',
    readingAll(({ maxCount: _, ...options }) => options),
  ],
  [
    'counts events without the prefix',
    'returns at most maxCount events, counting only those with the prefix',
    (store) => ({
      readAll: async ({ streamPrefix = '', ...options } = {}) =>
        (await store.readAll(options)).filter(({ stream }) => stream.startsWith(streamPrefix)),
    }),
  ],
  [
    'returns an event twice, at the end of a page and at the start of the next one',
    'page by page, returns each event once',
    (store) => ({
      readAll: async ({ fromPosition, ...options } = {}) =>
        store.readAll({ ...options, ...(fromPosition !== undefined && { fromPosition: fromPosition - 1n }) }),
    }),
  ],
  [
    'returns only the first 1000 events',
    'returns all events of a long log',
    (store) => ({ readAll: async (options) => (await store.readAll(options)).slice(0, 1000) }),
  ],
  [
    'takes the prefix for a pattern in which % stands for any text',
    'takes a prefix that ends with % literally',
    readingAll(({ streamPrefix = '', ...options }) => ({ ...options, streamPrefix: streamPrefix.replace('%', '') })),
  ],
  [
    'ignores the case of the prefix',
    'takes a prefix that ends with a literally',
    (store) => ({
      readAll: async ({ streamPrefix = '', ...options } = {}) =>
        (await store.readAll(options)).filter(({ stream }) =>
          stream.toLowerCase().startsWith(streamPrefix.toLowerCase()),
        ),
    }),
  ],
  [
    'returns system events',
    'returns each event with the same fields as a read of its stream, and no system events',
    (store) => ({
      readAll: async (options) => {
        const events = await store.readAll(options);
        return [...events, ...events.map((event) => ({ ...event, stream: `$${event.stream}` }))];
      },
    }),
  ],
  [
    'accepts a maxCount of 0',
    'refuses to read from the start, 0 events',
    (store) => ({ readAll: (options = {}) => (options.maxCount === 0 ? Promise.resolve([]) : store.readAll(options)) }),
  ],
  [
    'repeats an event when it goes live',
    'delivers the stored events, and then each new one',
    subscribing(async function* (events) {
      let count = 0;
      for await (const event of events) {
        yield event;
        if (++count === 3) yield event;
      }
    }),
  ],
  [
    'loses an event when it goes live',
    'has no gap and no duplicate when it goes live during fast writes',
    subscribing(async function* (events) {
      let count = 0;
      for await (const event of events) if (++count !== 101) yield event;
    }),
  ],
  [
    'ends a subscription at the end of the stream',
    'delivers the stored events, and then each new one',
    (store) => ({
      async *subscribeToStream(stream, { fromRevision = 0n } = {}) {
        yield* await store.readStream(stream, { fromRevision });
      },
    }),
  ],
  [
    'refuses to subscribe to a stream that does not exist yet',
    'waits for a stream that does not exist yet',
    (store) => ({
      async *subscribeToStream(stream, options) {
        if ((await store.readStream(stream)).length === 0) throw new Error('not found');
        yield* store.subscribeToStream(stream, options);
      },
    }),
  ],
  [
    'delivers the event at the given position again',
    'starts after the position of a handled event',
    subscribingToAll((options) => ({
      ...options,
      ...(options.fromPosition !== undefined && { fromPosition: options.fromPosition - 1n }),
    })),
  ],
  [
    'skips the event after the given position',
    'can start after each event, and delivers all later events',
    subscribingToAll((options) => ({
      ...options,
      ...(options.fromPosition !== undefined && { fromPosition: options.fromPosition + 2n }),
    })),
  ],
  [
    'ignores the prefix of a subscription',
    'delivers the events of all streams with a prefix in the order of their appends',
    subscribingToAll(({ streamPrefix: _, ...options }) => options),
  ],
  [
    'leaves out event types that begin with $',
    'delivers each event with the same fields as a read, and no system events',
    (store) => ({
      async *subscribeToAll(options) {
        for await (const event of store.subscribeToAll(options)) if (!event.type.startsWith('$')) yield event;
      },
    }),
  ],
  [
    'ignores the signal',
    'ends when it is aborted while it waits for the next event',
    (store) => ({
      subscribeToStream: (stream, { signal: _, ...options } = {}) => store.subscribeToStream(stream, options),
    }),
  ],
  [
    'keeps a waiting subscription open after return()',
    'ends when return() is called while it waits for the next event',
    subscribing(async function* (events) {
      yield* events;
    }),
  ],
  [
    'answers after close',
    'every later call fails with a clear error, except close',
    () => ({ close: () => Promise.resolve() }),
  ],
];

/** In milliseconds. A store in memory does not wait for anything. */
const silenceMs = 1000;

test.each(sabotages)('the contract detects a store that %s', async (_, noticedBy, sabotage) => {
  const check = Object.values(contract)
    .map((cases) => cases[noticedBy])
    .find((found) => found !== undefined);
  if (check === undefined) throw new Error(`The contract has no case "${noticedBy}".`);
  const open = () => Promise.resolve(sabotaged(sabotage));
  await expect(check({ store: sabotaged(sabotage), open, silenceMs })).rejects.toThrow();
  const unharmed = { store: new InMemoryEventStore(), open: () => Promise.resolve(new InMemoryEventStore()) };
  await check({ ...unharmed, silenceMs: 30_000 });
});

function sabotaged(sabotage: Sabotage): EventStore {
  const store = new InMemoryEventStore();
  return {
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
    ...sabotage(store),
  };
}

type Append = {
  readonly store: EventStore;
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expectedRevision: Parameters<EventStore['appendToStream']>[2]['expectedRevision'];
  /** The unchanged append. */
  readonly append: (expected: Append['expectedRevision'], events?: readonly NewEvent[]) => Promise<bigint>;
};

function appending(alter: (append: Append) => Promise<bigint>): Sabotage {
  return (store) => ({
    appendToStream: (stream, events, { expectedRevision }) =>
      alter({
        store,
        stream,
        events,
        expectedRevision,
        append: (expected, altered = events) => store.appendToStream(stream, altered, { expectedRevision: expected }),
      }),
  });
}

function acceptingEmptyAppends(store: EventStore): Partial<EventStore> {
  return {
    appendToStream: (stream, events, options) =>
      events.length === 0 ? Promise.resolve(0n) : store.appendToStream(stream, events, options),
  };
}

function reading(alter: (event: RecordedEvent) => RecordedEvent): Sabotage {
  return (store) => ({
    readStream: async (stream, options) => (await store.readStream(stream, options)).map(alter),
  });
}

function readingAll(alter: (options: ReadAllOptions) => ReadAllOptions): Sabotage {
  return (store) => ({ readAll: (options = {}) => store.readAll(alter(options)) });
}

function sharingObjects(): Sabotage {
  return (store) => {
    const copies = new Map<string, RecordedEvent>();
    return reading((event) => {
      const copy = copies.get(event.id) ?? { ...event, data: structuredClone(event.data) };
      copies.set(event.id, copy);
      return copy;
    })(store);
  };
}

function subscribing(alter: (events: AsyncIterable<RecordedEvent>) => AsyncIterable<RecordedEvent>): Sabotage {
  return (store) => ({
    subscribeToStream: (stream, options) => alter(store.subscribeToStream(stream, options)),
  });
}

function subscribingToAll(alter: (options: AllSubscriptionOptions) => AllSubscriptionOptions): Sabotage {
  return (store) => ({ subscribeToAll: (options = {}) => store.subscribeToAll(alter(options)) });
}
