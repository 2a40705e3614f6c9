import { randomUUID } from 'node:crypto';

import type { GameEvent } from '../../src/domain/index.ts';
import { EventStoreUnavailableError, WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import type { AppendOptions, EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { endTheTest } from './step.ts';

/** The stream of the game in the tests. */
export const stream = 'game-g1';

/** A store in memory with this history of the game `g1`. */
export async function storeWith(history: readonly GameEvent[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  if (history.length > 0) await store.appendToStream(stream, history.map(asStored), { expectedRevision: 'no_stream' });
  return faultyStore(store).store;
}

/** The stored events of the game `g1`: type and data. */
export async function storedIn(store: EventStore): Promise<readonly unknown[]> {
  const events = await store.readStream(stream);
  return events.map(({ type, data }) => ({ type, data }));
}

/** Faults on the way to a store, or between two calls. */
export type Faults = {
  /** Called after each read, counted from 1. */
  readonly afterRead?: (read: number) => Promise<void>;
  /** Called for each append, counted from 1, with the real append. It may call that, or not. */
  readonly onAppend?: (append: () => Promise<bigint>, attempt: number) => Promise<bigint>;
};

/**
 * The requests to a store: the events of each append, its expected revision, and the order of reads
 * and appends.
 */
type Requests = {
  readonly appends: (readonly NewEvent[])[];
  readonly expected: ExpectedRevision[];
  readonly order: ('read' | 'append')[];
};

/** More requests than any right answer needs for one command. */
const mostRequests = 300;

/** A store with faults in front of another one. It records its requests. */
export function faultyStore(store: EventStore, { afterRead, onAppend }: Faults = {}) {
  const requests: Requests = { appends: [], expected: [], order: [] };
  let reads = 0;
  const front: EventStore = {
    async readStream(name, options) {
      await note('read', requests);
      const events = await store.readStream(name, options);
      reads += 1;
      await afterRead?.(reads);
      return events;
    },
    async appendToStream(name, events, options: AppendOptions) {
      await note('append', requests);
      requests.appends.push(events);
      requests.expected.push(options.expectedRevision);
      const append = () => store.appendToStream(name, events, options);
      return onAppend === undefined ? append() : onAppend(append, requests.appends.length);
    },
    readAll: (options) => store.readAll(options),
    subscribeToStream: (name, options) => store.subscribeToStream(name, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
  return { store: front, ...requests };
}

/** Stops an endless loop, which may catch every error of a store and block every timer. */
async function note(request: 'read' | 'append', { order }: Requests): Promise<void> {
  order.push(request);
  if (order.length <= mostRequests) return;
  await endTheTest(
    new WrongAnswerError(
      `The store was asked ${mostRequests} times for one command, and the requests did not end. ` +
        'A loop has no limit, or repeats after an error that repetition cannot fix.',
      placeOf('src/application/game-commands.ts', order.at(-2) === 'append' ? 'append' : 'handle', 'handle'),
    ),
  );
}

/** Two concurrent commands: both wait until both have read. */
export function untilBothHaveRead(): Faults {
  let release: () => void = () => undefined;
  const bothHaveRead = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    afterRead: async (read) => {
      if (read >= 2) release();
      await bothHaveRead;
    },
  };
}

/** Another writer is faster during the first appends. */
export function conflicting(times: number): Faults {
  return {
    onAppend: async (append, attempt) => {
      if (attempt <= times) throw new WrongExpectedRevisionError(stream, 0n, 1n);
      return append();
    },
  };
}

/** Appends other events after the first reads: the first list after the first read, and so on. */
export function meanwhile(store: EventStore, ...lists: readonly (readonly GameEvent[])[]): Faults {
  return {
    afterRead: async (read) => {
      const events = lists[read - 1];
      if (events !== undefined) await store.appendToStream(stream, events.map(asStored), { expectedRevision: 'any' });
    },
  };
}

/** The store does not answer the first appends, whether it has stored them or not. */
export function unreachable(times: number, sent: 'stored' | 'lost'): Faults {
  return {
    onAppend: async (append, attempt) => {
      if (attempt > times) return append();
      if (sent === 'stored') await append();
      throw new EventStoreUnavailableError('The event store has not answered.');
    },
  };
}

/** A store whose streams have lost their first events: the rest begins with a later revision. */
export function beginningLater(store: EventStore, by: bigint): EventStore {
  return {
    ...store,
    async readStream(name, options) {
      const events = await store.readStream(name, options);
      return events.map((event) => ({ ...event, revision: event.revision + by }));
    },
    async appendToStream(name, events, { expectedRevision }) {
      if (typeof expectedRevision !== 'bigint') return store.appendToStream(name, events, { expectedRevision });
      const last = (await store.readStream(name)).at(-1)?.revision;
      if (last === undefined || last + by === expectedRevision) {
        return (await store.appendToStream(name, events, { expectedRevision: expectedRevision - by })) + by;
      }
      throw new WrongExpectedRevisionError(name, expectedRevision, last + by);
    },
  };
}

export function asStored({ type, data }: GameEvent): NewEvent {
  return { id: randomUUID(), type, data };
}
