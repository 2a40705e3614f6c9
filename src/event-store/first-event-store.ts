import type { NewEvent, RecordedEvent } from './event-store.ts';

/** The smallest event store that works: streams of events in memory. */
export class FirstEventStore {
  /** The events of all streams, in the order in which they were appended. */
  readonly #log: RecordedEvent[] = [];

  /** The events of a stream, from the first to the last; none for a stream that does not exist. */
  async readStream(stream: string): Promise<readonly RecordedEvent[]> {
    return this.#log.filter((event) => event.stream === stream);
  }

  /** Adds events to the end of a stream. @returns the revision of the last of them */
  async appendToStream(stream: string, events: readonly NewEvent[]): Promise<bigint> {
    const { length } = this.#log.filter((event) => event.stream === stream);
    const recorded = events.map(({ id, type, data, metadata = {} }, index) => ({
      id,
      type,
      data,
      metadata,
      stream,
      revision: BigInt(length + index),
      position: BigInt(this.#log.length + index),
      recordedAt: new Date(),
    }));
    this.#log.push(...recorded);
    return BigInt(length + events.length - 1);
  }
}
