import {
  EventStoreClosedError,
  type AppendOptions,
  type EventStore,
  type NewEvent,
  type ReadOptions,
  type RecordedEvent,
} from './event-store.ts';
import { decideAppend } from './expectation.ts';
import { checkAppend, checkRead, toJsonText } from './requests.ts';

/** Events kept in memory, for tests and for playing: when the process ends, they are gone. */
export class InMemoryEventStore implements EventStore {
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #now: () => Date;
  #nextPosition = 0n;
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
      position: this.#nextPosition + BigInt(index),
      recordedAt: this.#now(),
    }));
    stored.push(...added);
    this.#streams.set(stream, stored);
    this.#nextPosition += BigInt(added.length);
    return BigInt(stored.length - 1);
  }

  async close(): Promise<void> {
    this.#closed = true;
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
