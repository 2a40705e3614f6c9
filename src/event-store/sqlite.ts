import type Database from 'libsql';

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
import { follow } from './follow.ts';
import { checkAppend, checkPosition, checkRead, toJsonText } from './requests.ts';
import { openDatabase, toStorageError } from './sqlite-file.ts';
import { EventTable, schema } from './sqlite-table.ts';
import { Watch } from './sqlite-watch.ts';

/** How many events a subscription reads at once. */
const batchSize = 500;

/**
 * Events kept in one file, by SQLite. What was acknowledged survives a crash of the program and of the machine; several processes
 * may use one file at the same time.
 */
export class SqliteEventStore implements EventStore {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #table: EventTable;
  readonly #watch: Watch;
  readonly #now: () => Date;
  #closed = false;

  /**
   * Opens the file, and makes it if it does not exist.
   *
   * @param file its path; the folder has to be there
   * @param now the clock that events are stamped with
   * @throws StorageError when the file cannot be opened, or is something else than an event store of this version
   */
  constructor(file: string, now: () => Date = () => new Date()) {
    this.#file = file;
    this.#now = now;
    this.#database = openDatabase(file, schema);
    this.#table = this.#guard(() => new EventTable(this.#database));
    this.#watch = new Watch(this.#database);
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    return this.#guard(() => this.#table.read(stream, options.fromRevision ?? 0n, options.maxCount));
  }

  async appendToStream(
    stream: string,
    events: readonly NewEvent[],
    { expectedRevision }: AppendOptions,
  ): Promise<bigint> {
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const recordedAt = this.#now();
    const rows = events.map((event) => ({
      stream,
      id: event.id,
      type: event.type,
      data: toJsonText(event, 'data'),
      metadata: toJsonText(event, 'metadata'),
      recordedAt,
    }));

    // An immediate transaction: from the first look at the stream to the last row, no other process writes.
    const append = this.#database.transaction(() => {
      const last = this.#table.last(stream);
      const decision = decideAppend(stream, events, expectedRevision, {
        last: last ?? 'no_stream',
        idAt: (revision) => this.#table.idAt(stream, revision),
        revisionOf: (id) => this.#table.revisionOf(stream, id),
      });
      if (decision !== 'append') return decision;
      const next = last === undefined ? 0n : last + 1n;
      for (const [index, row] of rows.entries()) this.#table.insert({ ...row, revision: next + BigInt(index) });
      return next + BigInt(rows.length - 1);
    });
    const revision = this.#guard(() => append.immediate());
    Watch.announce(stream);
    return revision;
  }

  async *subscribeToStream(
    stream: string,
    { fromRevision = 0n, signal }: StreamSubscriptionOptions = {},
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    checkRead(stream, { fromRevision });
    const read = (from: bigint) => {
      this.#assertOpen();
      const events = this.#guard(() => this.#table.read(stream, from, batchSize));
      return { events, next: (events.at(-1)?.revision ?? from - 1n) + 1n };
    };
    yield* follow({ read, grown: () => this.#watch.next(stream, signal) }, fromRevision, signal);
  }

  async *subscribeToAll({ fromPosition = 0n, streamPrefix = '', signal }: AllSubscriptionOptions = {}): AsyncGenerator<
    RecordedEvent,
    void,
    undefined
  > {
    checkPosition(fromPosition);
    const read = (from: bigint) => {
      this.#assertOpen();
      const events = this.#guard(() => this.#table.readAll(from, batchSize));
      const wanted = events.filter((event) => event.stream.startsWith(streamPrefix));
      return { events: wanted, next: (events.at(-1)?.position ?? from - 1n) + 1n };
    };
    yield* follow({ read, grown: () => this.#watch.next(undefined, signal) }, fromPosition, signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    this.#guard(() => {
      // What is in the log beside the file goes into the file, unless somebody else is using it.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      this.#database.close();
    });
  }

  /** Runs what asks the database, and says what is wrong with the file when it fails. */
  #guard<Answer>(work: () => Answer): Answer {
    try {
      return work();
    } catch (error) {
      throw toStorageError(error, this.#file);
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}
