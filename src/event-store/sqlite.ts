import type Database from 'libsql';

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
import { openDatabase, toStorageError } from './sqlite-file.ts';
import { EventTable, schema } from './sqlite-table.ts';

/**
 * Events kept in one file, by SQLite. What was acknowledged survives a crash of the program and of the machine; several processes
 * may use one file at the same time.
 */
export class SqliteEventStore implements EventStore {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #table: EventTable;
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
    return this.#guard(() => append.immediate());
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
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
