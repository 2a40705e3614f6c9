import { randomUUID } from 'node:crypto';

import type { GameEvent } from '../../src/domain/index.ts';
import { EventStoreUnavailableError, WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import type { AppendOptions, EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { placeOf, WrongAnswerError } from './explain.ts';
import { endTheTest } from './step.ts';

/** The stream of the game that the tests play. */
export const stream = 'game-g1';

/** A store in memory, in which the game `g1` has this history already. */
export async function storeWith(history: readonly GameEvent[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  if (history.length > 0) await store.appendToStream(stream, history.map(asStored), { expectedRevision: 'no_stream' });
  return faultyStore(store).store;
}

/** The events of the game `g1` as they are stored: type and data. */
export async function storedIn(store: EventStore): Promise<readonly unknown[]> {
  const events = await store.readStream(stream);
  return events.map(({ type, data }) => ({ type, data }));
}

/** What goes wrong on the way to a store, or between one call and the next. */
export type Faults = {
  /** Called after each read, counted from 1. */
  readonly afterRead?: (read: number) => Promise<void>;
  /**
   * Called for each append, counted from 1, with the real one: it decides whether and when that
   * happens.
   */
  readonly onAppend?: (append: () => Promise<bigint>, attempt: number) => Promise<bigint>;
};

/**
 * What was asked of a store: the events of each append, what it expected, and the order of reads
 * and appends.
 */
type Requests = {
  readonly appends: (readonly NewEvent[])[];
  readonly expected: ExpectedRevision[];
  readonly order: ('read' | 'append')[];
};

/** No right answer asks a store for one command more often than this. */
const mostRequests = 300;

/** A store in front of another one, in which things go wrong. It keeps what it was asked for. */
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
    subscribeToStream: (name, options) => store.subscribeToStream(name, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
  return { store: front, ...requests };
}

/**
 * An endless loop is told here: it may catch every error that a store throws, and give no timer a
 * turn.
 */
async function note(request: 'read' | 'append', { order }: Requests): Promise<void> {
  order.push(request);
  if (order.length <= mostRequests) return;
  await endTheTest(
    new WrongAnswerError(
      `The store was asked ${mostRequests} times for one command, and there was no end to it. ` +
        'A loop has no limit, or goes on for an error that no repetition helps against.',
      placeOf('src/application/game-commands.ts', order.at(-2) === 'append' ? 'append' : 'handle', 'handle'),
    ),
  );
}

/** Two commands at the same moment: nobody goes on before both have read. */
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

/** Somebody else is faster, for the first so many appends. */
export function conflicting(times: number): Faults {
  return {
    onAppend: async (append, attempt) => {
      if (attempt <= times) throw new WrongExpectedRevisionError(stream, 0n, 1n);
      return append();
    },
  };
}

/**
 * After the first reads, other events are appended: the first list after the first read, and so on.
 */
export function meanwhile(store: EventStore, ...lists: readonly (readonly GameEvent[])[]): Faults {
  return {
    afterRead: async (read) => {
      const events = lists[read - 1];
      if (events !== undefined) await store.appendToStream(stream, events.map(asStored), { expectedRevision: 'any' });
    },
  };
}

/**
 * The store is out of reach for the first so many appends; what it was sent before may have been
 * stored or not.
 */
export function unreachable(times: number, sent: 'stored' | 'lost'): Faults {
  return {
    onAppend: async (append, attempt) => {
      if (attempt > times) return append();
      if (sent === 'stored') await append();
      throw new EventStoreUnavailableError('The event store has not answered.');
    },
  };
}

/**
 * A store whose streams have lost their first events: what is left begins with a later revision.
 */
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
