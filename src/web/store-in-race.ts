import type {
  AllSubscriptionOptions,
  AppendOptions,
  EventStore,
  NewEvent,
  ReadOptions,
  RecordedEvent,
  StreamSubscriptionOptions,
} from '../event-store/event-store.ts';
import type { Racer } from './wire.ts';

/** The event store as a racer sees it: it waits at the starting line after its first read, and notes each append. */
export class StoreInRace implements EventStore {
  readonly appends: Racer['appends'][number][] = [];
  readonly #store: EventStore;
  readonly #startingLine: () => Promise<void>;
  readonly #expecting: boolean;
  #hasStarted = false;

  /**
   * @param startingLine comes back when all racers have come there
   * @param expecting whether an expected revision is handed on to the store
   */
  constructor(store: EventStore, startingLine: () => Promise<void>, expecting: boolean) {
    this.#store = store;
    this.#startingLine = startingLine;
    this.#expecting = expecting;
  }

  async readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]> {
    const events = await this.#store.readStream(stream, options);
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      await this.#startingLine();
    }
    return events;
  }

  async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const expectedRevision = this.#expecting ? options.expectedRevision : 'any';
    const note = (answer: string) => {
      this.appends.push({ expectedRevision: expectedRevision.toString(), answer });
    };
    try {
      const revision = await this.#store.appendToStream(stream, events, { expectedRevision });
      note(`stored, at revision ${revision.toString()}`);
      return revision;
    } catch (error) {
      note(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      throw error;
    }
  }

  subscribeToStream(stream: string, options?: StreamSubscriptionOptions): AsyncIterable<RecordedEvent> {
    return this.#store.subscribeToStream(stream, options);
  }

  subscribeToAll(options?: AllSubscriptionOptions): AsyncIterable<RecordedEvent> {
    return this.#store.subscribeToAll(options);
  }

  /** The store is its owner's to close. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
