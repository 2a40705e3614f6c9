import {
  EventStoreClosedError,
  type AllSubscriptionOptions,
  type AppendOptions,
  type EventStore,
  type NewEvent,
  type ReadOptions,
  type RecordedEvent,
  type StreamSubscriptionOptions,
} from './event-store.ts';
import { decideAppend } from './expectation.ts';
import { follow, type Batch } from './follow.ts';
import { Growth } from './growth.ts';
import { checkAppend, checkPosition, checkRead, toJsonText } from './requests.ts';

/** How many events a subscription reads at once. */
const batchSize = 500;

/** Events kept in memory, for tests and for playing: when the process ends, they are gone. */
export class InMemoryEventStore implements EventStore {
  /** All events, each at its position, */
  readonly #log: StoredEvent[] = [];
  /** and those of each stream, each at its revision. */
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #growth = new Growth();
  readonly #now: () => Date;
  #closed = false;

  /** @param now the clock that events are stamped with */
  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  async readStream(
    stream: string,
    { fromRevision = 0n, maxCount }: ReadOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, { fromRevision, ...(maxCount !== undefined && { maxCount }) });
    const from = Number(fromRevision);
    return (this.#streams.get(stream) ?? []).slice(from, from + (maxCount ?? Infinity)).map(toRecordedEvent);
  }

  async appendToStream(
    stream: string,
    events: readonly NewEvent[],
    { expectedRevision }: AppendOptions,
  ): Promise<bigint> {
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const stored = this.#streams.get(stream) ?? [];
    const decision = decideAppend(stream, events, expectedRevision, viewOf(stored));
    if (decision !== 'append') return decision;

    const added = events.map((event, index) => ({
      id: event.id.toLowerCase(),
      type: event.type,
      dataText: toJsonText(event, 'data'),
      metadataText: toJsonText(event, 'metadata'),
      stream,
      revision: BigInt(stored.length + index),
      position: BigInt(this.#log.length + index),
      recordedAt: this.#now(),
    }));
    this.#log.push(...added);
    stored.push(...added);
    this.#streams.set(stream, stored);
    this.#growth.announce(stream);
    return BigInt(stored.length - 1);
  }

  async *subscribeToStream(
    stream: string,
    { fromRevision = 0n, signal }: StreamSubscriptionOptions = {},
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    checkRead(stream, { fromRevision });
    const read = (from: bigint) => this.#batch(this.#streams.get(stream) ?? [], from);
    yield* follow({ read, grown: () => this.#growth.next(stream, signal) }, fromRevision, signal);
  }

  async *subscribeToAll({ fromPosition = 0n, streamPrefix = '', signal }: AllSubscriptionOptions = {}): AsyncGenerator<
    RecordedEvent,
    void,
    undefined
  > {
    checkPosition(fromPosition);
    const read = (from: bigint) => this.#batch(this.#log, from, streamPrefix);
    yield* follow({ read, grown: () => this.#growth.next(undefined, signal) }, fromPosition, signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#growth.announce();
  }

  /** @throws EventStoreClosedError */
  #batch(log: readonly StoredEvent[], from: bigint, streamPrefix = ''): Batch {
    this.#assertOpen();
    const batch = log.slice(Number(from), Number(from) + batchSize);
    const wanted = batch.filter(({ stream }) => stream.startsWith(streamPrefix));
    return { events: wanted.map(toRecordedEvent), next: from + BigInt(batch.length) };
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

/** Data is kept as JSON text: nobody can change an event by changing the object that it was made from. */
type StoredEvent = Omit<RecordedEvent, 'data' | 'metadata'> & {
  readonly dataText: string;
  readonly metadataText: string;
};

function toRecordedEvent({ dataText, metadataText, ...event }: StoredEvent): RecordedEvent {
  return { ...event, data: JSON.parse(dataText) as unknown, metadata: JSON.parse(metadataText) as unknown };
}

function viewOf(stored: readonly StoredEvent[]) {
  return {
    last: stored.at(-1)?.revision ?? ('no_stream' as const),
    idAt: (revision: bigint) => stored[Number(revision)]?.id,
    revisionOf: (id: string) => stored.find((event) => event.id === id.toLowerCase())?.revision,
  };
}
