import { EventEmitter } from 'node:events';

import { decideAppend } from '../../src/event-store/expectation.ts';
import { WrongExpectedRevisionError, type ExpectedRevision } from '../../src/event-store/event-store.ts';
import type { Storage } from './storage.ts';

/** An event as the server keeps it. Data and metadata are bytes: what is in them is the clients' business. */
export type LogRecord = {
  /** The place in the log of all streams, counted from 0. */
  readonly position: number;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly created: Date;
};

/** An event that is to be appended. */
export type Proposed = Pick<LogRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/** What an append has led to: the place of its last event, or nothing when there was nothing to append. */
export type Appended = { readonly revision: bigint; readonly position: number } | undefined;

/** A tombstone: the stream is gone for good, and takes nothing any more. */
export class StreamDeletedError extends Error {
  override readonly name = 'StreamDeletedError';
}

/** The most bytes that one append may have. */
export const maxAppendSize = 1024 * 1024;

/** More than the server takes at once. */
export class AppendTooLargeError extends Error {
  override readonly name = 'AppendTooLargeError';
}

/** The revision from which on nothing is left: that of a stream that was deleted. */
const everything = 9_223_372_036_854_775_807n;

/** The log of all streams, with the rules by which a KurrentDB server keeps them. */
export class Log {
  readonly #records: LogRecord[];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #storage: Storage;
  readonly #growth = new EventEmitter().setMaxListeners(0);

  /** @param storage where the records survive; those that it has already are the beginning of the log */
  constructor(storage: Storage) {
    this.#storage = storage;
    this.#records = [...storage.load()];
    for (const record of this.#records) this.#index(record);
  }

  /** The number of records: the position that the next one will have. */
  get length(): number {
    return this.#records.length;
  }

  /** A record by its position. */
  at(position: number): LogRecord | undefined {
    return this.#records[position];
  }

  /**
   * Appends all of the events, or none.
   *
   * @throws WrongExpectedRevisionError, StreamDeletedError, AppendTooLargeError
   */
  append(stream: string, proposed: readonly Proposed[], expected: ExpectedRevision): Appended {
    const size = proposed.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (size > maxAppendSize) throw new AppendTooLargeError(`An append has at most ${maxAppendSize} bytes.`);

    const decision = this.#decide(stream, proposed, expected);
    const records = this.#all(stream);
    if (decision !== 'append') {
      const record = records[Number(decision)];
      return record && { revision: record.revision, position: record.position };
    }
    // A stream that begins again after it was deleted goes on where it was, and what was before stays away.
    if (proposed.length > 0 && this.#isDeleted(stream)) this.#truncate(stream, BigInt(records.length));
    return this.#add(stream, proposed) ?? lastOf(records);
  }

  /** The events of a stream that can be read, in their order: those that have not been deleted, and that are not too many or too old. */
  read(stream: string): readonly LogRecord[] {
    this.assertNotDeleted(stream);
    const { truncateBefore, maxCount, maxAge } = this.#metadataOf(stream);
    const records = this.#all(stream);
    const kept = records.slice(maxCount === undefined ? 0 : -maxCount);
    const youngest = maxAge === undefined ? -Infinity : Date.now() - maxAge * 1000;
    if (truncateBefore === 0n && youngest === -Infinity) return kept;
    return kept.filter(({ revision, created }) => revision >= truncateBefore && created.getTime() >= youngest);
  }

  /** Deletes a stream: it can begin again. */
  delete(stream: string, expected: ExpectedRevision): Appended {
    this.#assertExpected(stream, expected);
    return this.#truncate(stream, everything);
  }

  /** Deletes a stream for good. */
  tombstone(stream: string, expected: ExpectedRevision): Appended {
    this.#assertExpected(stream, expected);
    return this.#add(stream, [{ ...emptyEvent(), type: '$streamDeleted' }]);
  }

  /** @throws StreamDeletedError when the stream is gone for good */
  assertNotDeleted(stream: string): void {
    if (this.#all(stream).at(-1)?.type === '$streamDeleted') throw new StreamDeletedError(`${stream} is deleted.`);
  }

  /** Calls back, once, when the log has grown. */
  onGrowth(callback: () => void): () => void {
    this.#growth.once('growth', callback);
    return () => this.#growth.off('growth', callback);
  }

  close(): void {
    this.#storage.close();
  }

  #decide(stream: string, proposed: readonly Proposed[], expected: ExpectedRevision): 'append' | bigint {
    const records = this.#all(stream);
    this.assertNotDeleted(stream);
    if (expected === 'no_stream' && this.#isDeleted(stream)) return 'append';
    if (proposed.length === 0) {
      this.#assertExpected(stream, expected);
      return 'append';
    }
    return decideAppend(stream, proposed, expected, {
      last: records.at(-1)?.revision ?? 'no_stream',
      idAt: (revision) => records[Number(revision)]?.id,
      revisionOf: (id) => records.find((record) => record.id === id)?.revision,
    });
  }

  #assertExpected(stream: string, expected: ExpectedRevision): void {
    this.assertNotDeleted(stream);
    const last = this.#all(stream).at(-1)?.revision ?? 'no_stream';
    const asExpected = expected === 'any' || (expected === 'stream_exists' ? last !== 'no_stream' : expected === last);
    if (!asExpected) throw new WrongExpectedRevisionError(stream, expected, last);
  }

  #add(stream: string, proposed: readonly Proposed[]): Appended {
    const first = BigInt(this.#all(stream).length);
    const created = new Date();
    const added = proposed.map((event, index) => ({
      ...event,
      stream,
      revision: first + BigInt(index),
      position: this.#records.length + index,
      created,
    }));
    this.#storage.add(added);
    for (const record of added) {
      this.#records.push(record);
      this.#index(record);
    }
    if (added.length > 0) this.#growth.emit('growth');
    return lastOf(added);
  }

  #truncate(stream: string, before: bigint): Appended {
    const metadata = this.#rawMetadataOf(stream);
    // A number of this size has no JSON.stringify: it is written into the text.
    const data = JSON.stringify({ ...metadata, $tb: 0 }).replace('"$tb":0', `"$tb":${before.toString()}`);
    return this.#add(metastreamOf(stream), [{ ...emptyEvent(), type: '$metadata', data: Buffer.from(data) }]);
  }

  #isDeleted(stream: string): boolean {
    return this.#metadataOf(stream).truncateBefore >= everything;
  }

  #metadataOf(stream: string) {
    const { $tb, $maxCount, $maxAge } = this.#rawMetadataOf(stream);
    return {
      // As a floating-point number, the mark of a deleted stream is one more than it should be.
      truncateBefore: typeof $tb === 'number' ? BigInt($tb) : 0n,
      maxCount: typeof $maxCount === 'number' ? $maxCount : undefined,
      maxAge: typeof $maxAge === 'number' ? $maxAge : undefined,
    };
  }

  #rawMetadataOf(stream: string): Readonly<Record<string, unknown>> {
    const last = stream.startsWith('$$') ? undefined : this.#all(metastreamOf(stream)).at(-1);
    if (last === undefined) return {};
    try {
      return JSON.parse(Buffer.from(last.data).toString()) as Record<string, unknown>;
    } catch {
      return {};
    }
  }

  #all(stream: string): readonly LogRecord[] {
    return this.#streams.get(stream) ?? [];
  }

  #index(record: LogRecord): void {
    const records = this.#streams.get(record.stream);
    if (records === undefined) this.#streams.set(record.stream, [record]);
    else records.push(record);
  }
}

function metastreamOf(stream: string): string {
  return `$$${stream}`;
}

function emptyEvent(): Omit<Proposed, 'type'> {
  const nothing = new Uint8Array();
  return { id: crypto.randomUUID(), contentType: 'application/json', data: nothing, metadata: nothing };
}

function lastOf(records: readonly LogRecord[]): Appended {
  const last = records.at(-1);
  return last && { revision: last.revision, position: last.position };
}
