import { EventEmitter } from 'node:events';

import { decideAppend, expecting, tombstoned, type StreamState } from './append-decision.ts';
import { AppendConflictError, AppendTooLargeError, maxAppendSize } from './errors.ts';
import { sizeOf, systemEvent, type Appended, type LogRecord, type Proposed } from './record.ts';
import { Records } from './records.ts';
import { everything, metastreamOf, withTruncateBefore } from './stream-metadata.ts';
import type { Storage } from './storage.ts';

/**
 * The number of events among which a repeated append without a revision is recognized. A server
 * keeps 8 MiB.
 */
const defaultRecentEvents = 100_000;

/** The log of all streams, with the rules of a KurrentDB server. */
export class Log {
  readonly records: Records;
  /** Emits 'append' after each append. */
  readonly appends = new EventEmitter().setMaxListeners(0);
  /** The indexes in the log of events written since the start, by id and stream. */
  readonly #written = new Map<string, number>();
  readonly #recentEvents: number;

  constructor(storage: Storage, recentEvents = defaultRecentEvents) {
    this.records = new Records(storage);
    this.#recentEvents = recentEvents;
  }

  /**
   * Appends all of the events in this order, or none.
   *
   * @param expected the expected state of streams, written or not; default: any state
   * @returns the last event of each of the streams
   * @throws AppendConflictError, AppendTooLargeError
   */
  append(events: readonly Proposed[], expected: ReadonlyMap<string, bigint>): ReadonlyMap<string, Appended> {
    const size = events.reduce((sum, event) => sum + sizeOf(event), 0);
    if (size > maxAppendSize) throw new AppendTooLargeError(size);

    const streams = new Set([...events.map(({ stream }) => stream), ...expected.keys()]);
    const parts = [...streams].map((stream) => {
      const ids = events.filter((event) => event.stream === stream).map(({ id }) => id);
      const [state, expectation] = [this.#stateOf(stream), expected.get(stream) ?? expecting.any];
      const decision = decideAppend(state, ids, expectation);
      return { stream, expected: expectation, actual: state.last, isDeleted: state.isDeleted, ids, decision };
    });
    const written = parts.filter(({ ids }) => ids.length > 0);
    const repeated = written.filter(({ decision }) => typeof decision === 'bigint');
    const refused = parts.filter(({ decision }) => decision === 'refuse');
    // An append that is partly new and partly repeated is refused.
    const conflicts = repeated.length < written.length ? [...refused, ...repeated] : refused;
    if (conflicts.length > 0) throw new AppendConflictError(conflicts);

    if (repeated.length === 0) this.#add([...this.#restarts(written), ...events]);
    return new Map(
      parts.map(({ stream, decision }) => {
        const records = this.records.all(stream);
        return [stream, typeof decision === 'bigint' ? records[Number(decision)] : records.at(-1)];
      }),
    );
  }

  /** Deletes a stream. It can start again. */
  delete(stream: string, expected: bigint): Appended {
    this.#assertExpected(stream, expected);
    return this.truncate(stream, everything);
  }

  /** Tombstones a stream. */
  tombstone(stream: string, expected: bigint): Appended {
    this.#assertExpected(stream, expected);
    return this.#add([systemEvent(stream, '$streamDeleted')]);
  }

  /** Hides the events before a revision. */
  truncate(stream: string, before: bigint): Appended {
    return this.#add([this.#truncation(stream, before)]);
  }

  close(): void {
    this.records.close();
  }

  #assertExpected(stream: string, expected: bigint): void {
    this.records.assertNotTombstoned(stream);
    this.append([], new Map([[stream, expected]]));
  }

  #stateOf(stream: string): StreamState {
    const records = this.records.all(stream);
    return {
      last: this.records.isTombstoned(stream) ? tombstoned : BigInt(records.length - 1),
      isDeleted: this.#isDeleted(stream),
      hasMetadata: this.records.all(metastreamOf(stream)).length > 0,
      idAt: (revision) => records[Number(revision)]?.id,
      recentRevisionOf: (id) => this.#recent(id, stream)?.revision,
    };
  }

  #isDeleted(stream: string): boolean {
    return this.records.metadataOf(stream).truncateBefore >= everything;
  }

  /** Lets deleted streams start again: their old events stay hidden. */
  #restarts(written: readonly { readonly stream: string }[]): readonly Proposed[] {
    return written
      .filter(({ stream }) => this.#isDeleted(stream))
      .map(({ stream }) => this.#truncation(stream, BigInt(this.records.all(stream).length)));
  }

  #truncation(stream: string, before: bigint): Proposed {
    const metadata = withTruncateBefore(this.records.metadataOf(stream), before);
    return systemEvent(metastreamOf(stream), '$metadata', metadata);
  }

  #add(events: readonly Proposed[]): Appended {
    const added = this.records.add(events);
    for (const [index, { id, stream }] of added.entries()) {
      this.#written.set(`${id} ${stream}`, this.records.length - added.length + index);
    }
    if (added.length > 0) this.appends.emit('append');
    return added.at(-1);
  }

  #recent(id: string, stream: string): LogRecord | undefined {
    const index = this.#written.get(`${id} ${stream}`) ?? -1;
    return index < this.records.length - this.#recentEvents ? undefined : this.records.at(index);
  }
}
