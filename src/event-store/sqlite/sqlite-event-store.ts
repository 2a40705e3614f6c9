import type Database from 'libsql';

import { checkAppend, checkRead, checkReadAll, recentEvents, repeatedAppend, toJsonText } from '../append-rules.ts';
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
} from '../event-store.ts';
import { batchSize, follow } from '../subscription.ts';
import { SqliteChanges } from './sqlite-changes.ts';
import { GroupCommit } from './sqlite-commit.ts';
import { openDatabase, toStorageError } from './sqlite-file.ts';

/**
 * Events in one SQLite file, which several processes may use. An acknowledged append survives a
 * crash of the program and of the machine.
 */
export class SqliteEventStore implements EventStore {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #commit: GroupCommit;
  readonly #changes: SqliteChanges;
  #closed = false;

  /**
   * Opens the file, and creates it if it does not exist.
   *
   * @param file its path, in a folder that exists
   * @throws StorageError when the file cannot be opened or is not an event store of this version
   */
  constructor(file: string) {
    this.#file = file;
    this.#database = openDatabase(file);
    try {
      this.#sql = prepare(this.#database);
    } catch (error) {
      this.#database.close();
      throw toStorageError(error, file);
    }
    this.#commit = new GroupCommit(this.#database);
    this.#changes = new SqliteChanges(this.#database);
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    return this.#rows(this.#sql.readStream, stream, Number(options.fromRevision ?? 0n), options.maxCount ?? -1);
  }

  async readAll(options: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const { fromPosition = -1n, maxCount = -1, streamPrefix = '' } = options;
    this.#assertOpen();
    checkReadAll(options);
    return this.#rows(this.#sql.readAll, Number(fromPosition + 1n), streamPrefix, streamPrefix, maxCount);
  }

  async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const { expectedRevision } = options;
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const recordedAt = new Date().toISOString();
    const rows = events.map((event) => {
      return [event.id.toLowerCase(), event.type, toJsonText(event, 'data'), toJsonText(event, 'metadata'), recordedAt];
    });
    const write = (): bigint => {
      const last = this.#lastRevision(stream);
      const repeated = repeatedAppend(stream, events, expectedRevision, this.#viewOf(stream, last));
      if (repeated !== undefined) return repeated;
      let revision = last === undefined ? -1 : last;
      for (const row of rows) this.#sql.insert.run(stream, ++revision, ...row);
      return BigInt(revision);
    };
    const revision = await this.#commit.run(write).catch((error: unknown) => {
      throw toStorageError(error, this.#file);
    });
    this.#changes.notify(stream);
    return revision;
  }

  subscribeToStream(stream: string, options: StreamSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromRevision = 0n, signal } = options;
    const read = (from: bigint) => {
      this.#assertOpen();
      checkRead(stream, { fromRevision });
      const events = this.#rows(this.#sql.readStream, stream, Number(from), batchSize);
      return { events, next: from + BigInt(events.length) };
    };
    return follow(fromRevision, read, (ended) => this.#changes.next(stream, ended), signal);
  }

  subscribeToAll(options: AllSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromPosition = -1n, streamPrefix = '', signal } = options;
    const read = (from: bigint) => {
      this.#assertOpen();
      checkReadAll(options);
      const events = this.#rows(this.#sql.readAll, Number(from), '', '', batchSize);
      const next = (events.at(-1)?.position ?? from - 1n) + 1n;
      return { events: events.filter(({ stream }) => stream.startsWith(streamPrefix)), next };
    };
    return follow(fromPosition + 1n, read, (ended) => this.#changes.next(undefined, ended), signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#commit.flush();
    this.#closed = true;
    this.#changes.close();
    try {
      // What is in the log beside the file goes into the file, unless another process uses it.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      throw toStorageError(error, this.#file);
    } finally {
      this.#database.close();
    }
  }

  #rows(query: Database.Statement, ...parameters: readonly (string | number)[]): readonly RecordedEvent[] {
    try {
      return (query.all(...parameters) as readonly Row[]).map(toRecordedEvent);
    } catch (error) {
      throw toStorageError(error, this.#file);
    }
  }

  #lastRevision(stream: string): number | undefined {
    return (this.#sql.lastRevision.get(stream) as { revision: number } | undefined)?.revision;
  }

  #viewOf(stream: string, last: number | undefined) {
    return {
      last: last === undefined ? ('no_stream' as const) : BigInt(last),
      idAt: (revision: bigint) => (this.#sql.idAt.get(stream, Number(revision)) as { id: string } | undefined)?.id,
      recentRevisionOf: (id: string) => {
        const oldest = (last ?? -1) - recentEvents;
        const found = this.#sql.revisionOf.get(stream, oldest, id) as { revision: number } | undefined;
        return found && BigInt(found.revision);
      },
    };
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

function prepare(database: Database.Database) {
  return {
    readStream: database.prepare('SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?'),
    readAll: database.prepare(`
      SELECT * FROM events WHERE position >= ? AND substr(stream, 1, length(?)) = ? ORDER BY position LIMIT ?`),
    lastRevision: database.prepare('SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1'),
    idAt: database.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?'),
    revisionOf: database.prepare('SELECT revision FROM events WHERE stream = ? AND revision > ? AND id = ?'),
    insert: database.prepare(`
      INSERT INTO events (position, stream, revision, id, type, data, metadata, recorded_at)
      VALUES ((SELECT coalesce(max(position), -1) + 2 FROM events), ?, ?, ?, ?, ?, ?, ?)`),
  };
}

type Row = {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recorded_at: string;
};

function toRecordedEvent(row: Row): RecordedEvent {
  return {
    id: row.id,
    type: row.type,
    data: parse(row.data),
    metadata: row.metadata === '{}' ? {} : parse(row.metadata),
    stream: row.stream,
    revision: BigInt(row.revision),
    position: BigInt(row.position),
    recordedAt: new Date(row.recorded_at),
  };
}

/** Invalid JSON is returned as text. The codec reports it with its place. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
