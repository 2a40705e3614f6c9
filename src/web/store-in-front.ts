import type {
  AllSubscriptionOptions,
  AppendOptions,
  EventStore,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  StreamSubscriptionOptions,
} from '../event-store/event-store.ts';

/** A store that stands in front of another, and hands everything on to it. It is there to be extended. */
export class StoreInFront implements EventStore {
  readonly #store: EventStore;

  constructor(store: EventStore) {
    this.#store = store;
  }

  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    return this.#store.readStream(stream, options);
  }

  appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    return this.#store.appendToStream(stream, events, options);
  }

  subscribeToStream(stream: string, options?: StreamSubscriptionOptions): AsyncIterable<RecordedEvent> {
    return this.#store.subscribeToStream(stream, options);
  }

  subscribeToAll(options?: AllSubscriptionOptions): AsyncIterable<RecordedEvent> {
    return this.#store.subscribeToAll(options);
  }

  /** The store behind it is its owner's to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
