import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'libsql';

import type { RecordedEvent } from '../event-store/event-store.ts';

/** The last event that a model has handled. */
export type Checkpoint = Pick<RecordedEvent, 'position' | 'stream' | 'revision' | 'id'>;

/** Rows by their keys. A row is kept as JSON: a row that was read is a copy. */
export type Table<Row extends object> = {
  get(key: string): Row | undefined;
  set(key: string, row: Row): void;
  delete(key: string): void;
  /** All rows, in the order of their keys. */
  values(): readonly Row[];
};

export type Tables = {
  /** The table with this name. It exists as soon as it has a row. */
  table<Row extends object>(name: string): Table<Row>;
};

/** Rows that were folded from events, and how far. It can be deleted: the events remain. */
export type Model = Tables & {
  checkpoint: Checkpoint | undefined;
  /** Does the work, and stores all that it writes, or nothing if it throws. */
  transaction<Result>(work: () => Result): Result;
  /** Waits until somebody changes the model, this program or another one, or for the signal. */
  changed(signal: AbortSignal): Promise<void>;
  /** Removes all rows and the checkpoint. */
  clear(): void;
  close(): void;
};

/** The file of a model cannot be used. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** Whether a new file in its place would help. */
  readonly isUnusable: boolean;

  constructor(message: string, { isUnusable, cause }: { readonly isUnusable: boolean; readonly cause?: unknown }) {
    super(message, { cause });
    this.isUnusable = isUnusable;
  }
}

/**
 * Opens a model, and creates it if it does not exist.
 *
 * @param file a SQLite file, or ':memory:'
 * @param version the version of the shape of the rows. A file of another version is refused
 * @throws ModelError when the file is damaged, read-only, locked or of another version
 */
export function openModel(file: string, version = 1): Model {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    return new SqliteModel(file, version);
  } catch (error) {
    throw modelErrorFor(error, file);
  }
}

/** How often a model is looked at for changes by other programs, in milliseconds. */
const pollIntervalMs = 100;

class SqliteModel implements Model {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #isInTransaction = false;

  constructor(file: string, version: number) {
    this.#file = file;
    this.#database = new Database(file);
    try {
      createTables(this.#database, version);
      this.#sql = prepare(this.#database);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  get checkpoint(): Checkpoint | undefined {
    const row = this.#try(() => this.#sql.checkpoint.get()) as CheckpointRow | undefined;
    if (row === undefined) return undefined;
    const { position, stream, revision, id } = row; // libsql adds a field of its own
    return { position: BigInt(position), stream, revision: BigInt(revision), id };
  }

  set checkpoint(event: Checkpoint | undefined) {
    if (event === undefined) this.#write(() => this.#sql.forget.run());
    else {
      const { position, stream, revision, id } = event;
      this.#write(() => this.#sql.store.run(String(position), stream, String(revision), id));
    }
  }

  table<Row extends object>(name: string): Table<Row> {
    return {
      get: (key) => parsed(this.#try(() => this.#sql.get.get(name, key))) as Row | undefined,
      set: (key, row) => {
        this.#write(() => this.#sql.set.run(name, key, JSON.stringify(row)));
      },
      delete: (key) => {
        this.#write(() => this.#sql.delete.run(name, key));
      },
      values: () => this.#try(() => this.#sql.values.all(name)).map((row) => parsed(row) as Row),
    };
  }

  transaction<Result>(work: () => Result): Result {
    if (this.#isInTransaction) return work();
    this.#isInTransaction = true;
    try {
      return this.#try(() => this.#database.transaction(work).immediate());
    } finally {
      this.#isInTransaction = false;
      this.#changes.emit('changed');
    }
  }

  async changed(signal: AbortSignal): Promise<void> {
    for (const before = this.#dataVersion; !signal.aborted && this.#dataVersion === before;) {
      const looked = new AbortController();
      // Unlike AbortSignal.timeout, it keeps a program running that only waits.
      const timer = setTimeout(() => {
        looked.abort();
      }, pollIntervalMs);
      const ended = AbortSignal.any([signal, looked.signal]);
      const isOwn = await once(this.#changes, 'changed', { signal: ended }).catch(() => undefined);
      clearTimeout(timer);
      if (isOwn !== undefined) return;
    }
  }

  clear(): void {
    this.transaction(() => {
      this.#sql.clear.run();
      this.#sql.forget.run();
    });
  }

  close(): void {
    if (!this.#database.open) return;
    this.#database.close();
    this.#changes.emit('changed');
  }

  /** A number that changes with each commit of another program. */
  get #dataVersion(): unknown {
    return this.#database.open ? (this.#sql.dataVersion.get() as { data_version: number }).data_version : undefined;
  }

  #write(statement: () => unknown): void {
    this.#try(statement);
    if (!this.#isInTransaction) this.#changes.emit('changed');
  }

  #try<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw modelErrorFor(error, this.#file);
    }
  }
}

type CheckpointRow = Pick<Checkpoint, 'stream' | 'id'> & { readonly position: string; readonly revision: string };

function prepare(database: Database.Database) {
  return {
    dataVersion: database.prepare('PRAGMA data_version'),
    checkpoint: database.prepare('SELECT position, stream, revision, id FROM checkpoint'),
    store: database.prepare('INSERT OR REPLACE INTO checkpoint VALUES (1, ?, ?, ?, ?)'),
    forget: database.prepare('DELETE FROM checkpoint'),
    get: database.prepare('SELECT json FROM rows WHERE name = ? AND key = ?'),
    set: database.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?, ?)'),
    delete: database.prepare('DELETE FROM rows WHERE name = ? AND key = ?'),
    values: database.prepare('SELECT json FROM rows WHERE name = ? ORDER BY key'),
    clear: database.prepare('DELETE FROM rows'),
  };
}

/** @throws ModelError when the file holds something else */
function createTables(database: Database.Database, version: number): void {
  // A crash of the machine may lose the last commits, never half of one: events bring them back.
  database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  if (versionOf(database) !== version)
    database
      .transaction(() => {
        createOnce(database, version);
      })
      .immediate();
}

function createOnce(database: Database.Database, version: number): void {
  const found = versionOf(database); // another program may have created it meanwhile
  if (found === version) return;
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (found !== 0) throw unusable(`it has version ${found}, and this program needs version ${version}`);
  if (tables > 0) throw unusable('it is a database with something else');
  database.exec(`
    CREATE TABLE rows (
      name TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (name, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE checkpoint (
      one INTEGER PRIMARY KEY, position TEXT NOT NULL, stream TEXT NOT NULL, revision TEXT NOT NULL, id TEXT NOT NULL
    ) STRICT;
    PRAGMA user_version = ${version};`);
}

function versionOf(database: Database.Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function unusable(problem: string): ModelError {
  return new ModelError(problem, { isUnusable: true });
}

function parsed(found: unknown): unknown {
  return found === undefined ? undefined : JSON.parse((found as { json: string }).json);
}

/** An error of SQLite or of a folder as a ModelError. Other errors are returned as they are. */
export function modelErrorFor(error: unknown, file: string): unknown {
  if (error instanceof ModelError) return failed(file, error.message, true, error);
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : error.message;
  const [, problem, isUnusable] = problems.find(([known]) => code.includes(known)) ?? [];
  if (problem !== undefined) return failed(file, problem, isUnusable, error);
  return error instanceof Database.SqliteError ? failed(file, `SQLite reports ${code}`, false, error) : error;
}

function failed(file: string, problem: string, isUnusable: boolean, cause: Error): ModelError {
  const advice = isUnusable ? ' The events make a new one: npm run read-models -- rebuild' : '';
  return new ModelError(`${file} cannot be used: ${problem}.${advice}`, { isUnusable, cause });
}

/** What SQLite reports, in words, and whether a new file would help. */
const problems = [
  ['SQLITE_NOTADB', 'it is not a database', true],
  ['SQLITE_CORRUPT', 'it is damaged', true],
  ['SQLITE_READONLY', 'it is read-only', false],
  ['SQLITE_IOERR', 'it cannot be read or written. Is the disk full or broken?', false],
  ['SQLITE_FULL', 'the disk is full', false],
  ['SQLITE_BUSY', 'another program holds it', false],
  ['ConnectionFailed', 'it cannot be opened. May you write in its folder?', false],
  ['ENOTDIR', 'its folder is a file', false],
  ['EEXIST', 'its folder is a file', false],
  ['EACCES', 'its folder cannot be made. May you write there?', false],
  ['EROFS', 'its folder is read-only', false],
] as const;
