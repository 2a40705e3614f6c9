import { randomUUID } from 'node:crypto';

import type { GameEvent } from '../../src/domain/index.ts';
import { EventStoreUnavailableError, WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';

/** The stream of the game that the tests play. */
export const stream = 'game-g1';

/** A store in memory, in which the game `g1` has this history already. */
export async function storeWith(history: readonly GameEvent[]): Promise<EventStore> {
  const store = new InMemoryEventStore();
  if (history.length > 0) await store.appendToStream(stream, history.map(asStored), { expectedRevision: 'no_stream' });
  return store;
}

/** The events of the game `g1` as they are stored: type and data. */
export async function storedIn(store: EventStore): Promise<readonly unknown[]> {
  const events = await store.readStream(stream);
  return events.map(({ type, data }) => ({ type, data }));
}

/** What goes wrong on the way to a store, or between one call and the next. */
export type Disturbance = {
  /** Called after each read. */
  readonly afterRead?: (read: number) => Promise<void>;
  /** Called for each append with the real one: it decides whether and when that happens. */
  readonly onAppend?: (append: () => Promise<bigint>, attempt: number) => Promise<bigint>;
};

/** A store in front of another one, in which things go wrong. It keeps what was asked to be appended. */
export function disturbed(store: EventStore, { afterRead, onAppend }: Disturbance) {
  const appends: (readonly NewEvent[])[] = [];
  let reads = 0;
  const front: EventStore = {
    async readStream(name, options) {
      const events = await store.readStream(name, options);
      reads += 1;
      await afterRead?.(reads);
      return events;
    },
    async appendToStream(name, events, options) {
      appends.push(events);
      const append = () => store.appendToStream(name, events, options);
      return onAppend === undefined ? append() : onAppend(append, appends.length);
    },
    subscribeToStream: (name, options) => store.subscribeToStream(name, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
  return { store: front, appends };
}

/** Two commands at the same moment: nobody goes on before both have read. */
export function untilBothHaveRead(): Disturbance {
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
export function conflicting(times: number): Disturbance {
  return {
    onAppend: async (append, attempt) => {
      if (attempt <= times) throw new WrongExpectedRevisionError(stream, 0n, 1n);
      return append();
    },
  };
}

/** The store is out of reach for the first so many appends; what it was sent before may have been stored or not. */
export function unreachable(times: number, sent: 'stored' | 'lost'): Disturbance {
  return {
    onAppend: async (append, attempt) => {
      if (attempt > times) return append();
      if (sent === 'stored') await append();
      throw new EventStoreUnavailableError('The event store has not answered.');
    },
  };
}

export function asStored({ type, data }: GameEvent): NewEvent {
  return { id: randomUUID(), type, data };
}
