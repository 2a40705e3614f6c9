import { checkAppend, checkRead, checkReadAll, recentEvents, repeatedAppend, type StreamView } from './append-rules.ts';
import {
  EventStoreClosedError,
  type AllSubscriptionOptions,
  type AppendOptions,
  type EventStore,
  type NewEvent,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type StreamSubscriptionOptions,
} from './event-store.ts';
import { FixedDate, freezeEvent } from './frozen-event.ts';
import { Appends, batchSize, follow, type Batch } from './subscription.ts';

/** Events in memory, for tests and demos. They are gone when the process ends. */
export class InMemoryEventStore implements EventStore {
  /** All events, in the order of their positions. */
  readonly #log: RecordedEvent[] = [];
  readonly #streams = new Map<string, MemoryStream>();
  readonly #appends = new Appends();
  #closed = false;

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    const from = Number(options.fromRevision ?? 0n);
    return this.#eventsOf(stream).slice(from, from + (options.maxCount ?? Infinity));
  }

  async readAll(options: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const { fromPosition = -1n, maxCount, streamPrefix = '' } = options;
    this.#assertOpen();
    checkReadAll(options);
    const events = this.#log.slice(indexAfter(fromPosition));
    return events.filter(({ stream }) => stream.startsWith(streamPrefix)).slice(0, maxCount);
  }

  async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const { expectedRevision } = options;
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const known = this.#streams.get(stream) ?? new MemoryStream();
    const repeated = repeatedAppend(stream, events, expectedRevision, known);
    if (repeated !== undefined) return repeated;

    const now = new FixedDate();
    const [revision, place] = [known.events.length, this.#log.length];
    const recorded = events.map((event, index) =>
      freezeEvent(event, stream, revision + index, positionAt(place + index), now),
    );
    for (const event of recorded) {
      this.#log.push(event);
      known.events.push(event);
    }
    this.#streams.set(stream, known);
    this.#appends.notify(stream);
    return BigInt(known.events.length - 1);
  }

  subscribeToStream(stream: string, options: StreamSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromRevision = 0n, signal } = options;
    const read = (from: bigint) => {
      checkRead(stream, { fromRevision });
      return this.#batch(this.#eventsOf(stream), from);
    };
    return follow(fromRevision, read, (ended) => this.#appends.next(stream, ended), signal);
  }

  subscribeToAll(options: AllSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromPosition = -1n, streamPrefix = '', signal } = options;
    const read = (from: bigint) => {
      checkReadAll(options);
      const { events, next } = this.#batch(this.#log, from);
      return { events: events.filter(({ stream }) => stream.startsWith(streamPrefix)), next };
    };
    return follow(BigInt(indexAfter(fromPosition)), read, (ended) => this.#appends.next(undefined, ended), signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#appends.notifyAll();
  }

  #eventsOf(stream: string): readonly RecordedEvent[] {
    return this.#streams.get(stream)?.events ?? [];
  }

  /** @throws EventStoreClosedError */
  #batch(log: readonly RecordedEvent[], from: bigint): Batch {
    this.#assertOpen();
    const events = log.slice(Number(from), Number(from) + batchSize);
    return { events, next: from + BigInt(events.length) };
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

/** Positions are odd: the number before each of them is free. */
function positionAt(index: number): number {
  return 2 * index + 1;
}

function indexAfter(position: bigint): number {
  return Number((position + 1n) / 2n);
}

/** The events of one stream. The index of each is its revision. */
class MemoryStream implements StreamView {
  readonly events: RecordedEvent[] = [];

  get last(): bigint | 'no_stream' {
    return this.events.at(-1)?.revision ?? 'no_stream';
  }

  idAt(revision: bigint): string | undefined {
    return this.events[Number(revision)]?.id;
  }

  recentRevisionOf(id: string): bigint | undefined {
    return this.events.slice(-recentEvents).find((event) => event.id === id)?.revision;
  }
}
