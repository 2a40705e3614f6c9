import { streamDeleted } from './errors.ts';
import { sizeOf, type LogRecord, type Proposed } from './record.ts';
import { metastreamOf, readMetadata, type StreamMetadata } from './stream-metadata.ts';
import type { Storage } from './storage.ts';

/** The position of the first event. A real log does not start with an event, either. */
const firstPosition = 128;

/** The size of a record without its content, in bytes. */
const recordOverhead = 96;

/** The records of all streams in the order of the log, with an index. */
export class Records {
  readonly #records: LogRecord[] = [];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #metadata = new Map<string, StreamMetadata>();
  readonly #storage: Storage;
  #end = firstPosition;

  /** @param storage the persistent records; those that it has are the first ones */
  constructor(storage: Storage) {
    this.#storage = storage;
    for (const record of storage.load()) this.#index(record);
  }

  /** The number of records. */
  get length(): number {
    return this.#records.length;
  }

  /** A record of the log, or of one stream, by its index, which has no gaps. */
  at(index: number, stream?: string): LogRecord | undefined {
    return (stream === undefined ? this.#records : this.all(stream))[index];
  }

  /** The index of the first record at or after a position. */
  indexOf(position: number): number {
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#records[middle]?.position ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a reader may start at a position: an event, the start, or the end. */
  isPosition(position: number): boolean {
    const record = this.#records[this.indexOf(position)];
    return position === 0 || record === undefined || record.position === position;
  }

  /** All events of a stream, including those that can no longer be read. */
  all(stream: string): readonly LogRecord[] {
    return this.#streams.get(stream) ?? [];
  }

  /** The readable events of a stream: not deleted, not too many, not too old. */
  read(stream: string): readonly LogRecord[] {
    this.assertNotTombstoned(stream);
    const kept = this.all(stream).slice(Number(this.#firstKept(stream)));
    return this.metadataOf(stream).maxAge === undefined ? kept : kept.filter((record) => this.isReadable(record));
  }

  /** Whether a record is readable in its stream. */
  isReadable({ stream, revision, created }: LogRecord): boolean {
    const maxAge = this.metadataOf(stream).maxAge ?? Infinity;
    return revision >= this.#firstKept(stream) && created.getTime() >= Date.now() - maxAge * 1000;
  }

  metadataOf(stream: string): StreamMetadata {
    return this.#metadata.get(stream) ?? readMetadata(undefined);
  }

  isTombstoned(stream: string): boolean {
    return this.all(stream).at(-1)?.type === '$streamDeleted';
  }

  /** @throws ServerError when the stream is tombstoned */
  assertNotTombstoned(stream: string): void {
    if (this.isTombstoned(stream)) throw streamDeleted(stream);
  }

  /** Stores events, all or none, with their revisions and positions. */
  add(events: readonly Proposed[]): readonly LogRecord[] {
    const created = new Date();
    const lengths = new Map<string, number>();
    let position = this.#end;
    const added = events.map((event) => {
      const revision = lengths.get(event.stream) ?? this.all(event.stream).length;
      lengths.set(event.stream, revision + 1);
      const record = { ...event, revision: BigInt(revision), position, created };
      position = behind(record);
      return record;
    });
    this.#storage.add(added);
    for (const record of added) this.#index(record);
    return added;
  }

  close(): void {
    this.#storage.close();
  }

  #firstKept(stream: string): bigint {
    const { truncateBefore, maxCount } = this.metadataOf(stream);
    const counted = BigInt(maxCount === undefined ? 0 : Math.max(0, this.all(stream).length - maxCount));
    return counted > truncateBefore ? counted : truncateBefore;
  }

  #index(record: LogRecord): void {
    this.#records.push(record);
    this.#end = behind(record);
    const records = this.#streams.get(record.stream);
    if (records === undefined) this.#streams.set(record.stream, [record]);
    else records.push(record);
    const prefix = metastreamOf('');
    if (record.stream.startsWith(prefix)) {
      this.#metadata.set(record.stream.slice(prefix.length), readMetadata(record));
    }
  }
}

/** The position after a record. */
function behind(record: LogRecord): number {
  return record.position + recordOverhead + Buffer.byteLength(record.stream) + sizeOf(record);
}
