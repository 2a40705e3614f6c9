import Database from 'libsql';

import type { LogRecord } from './record.ts';

/** Persistent storage for the records of the log. */
export type Storage = {
  load(): readonly LogRecord[];
  /** Stores the records, all or none. When it returns, they are safe. */
  add(records: readonly LogRecord[]): void;
  close(): void;
};

/** Storage that keeps nothing. */
export const memoryStorage: Storage = { load: () => [], add: () => undefined, close: () => undefined };

/** The file is unusable. The message names it, and says what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Marks the file as one of the stand-in. */
const schemaVersion = 101;

const schema = `
  CREATE TABLE records (
    position     INTEGER PRIMARY KEY,
    stream       BLOB    NOT NULL,
    revision     INTEGER NOT NULL,
    id           TEXT    NOT NULL,
    type         BLOB    NOT NULL,
    content_type TEXT    NOT NULL,
    data         BLOB    NOT NULL,
    metadata     BLOB    NOT NULL,
    created      INTEGER NOT NULL
  ) STRICT;
  PRAGMA user_version = ${schemaVersion};`;

/**
 * Stores the log in a SQLite file. Only one process can use it at a time.
 *
 * @throws StorageError
 */
export function openStorage(file: string): Storage {
  const database = inWords(file, () => open(file));
  const insert = database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertAll = database.transaction((records: readonly LogRecord[]) => {
    for (const { position, stream, revision, id, type, contentType, data, metadata, created } of records) {
      const contents = [Buffer.from(type), contentType, Buffer.from(data), Buffer.from(metadata)];
      insert.run(position, Buffer.from(stream), Number(revision), id, ...contents, created.getTime());
    }
  });
  return {
    load: () =>
      inWords(file, () => database.prepare('SELECT * FROM records ORDER BY position').all() as readonly Row[]).map(
        (row) => ({
          position: row.position,
          stream: Buffer.from(row.stream).toString(),
          revision: BigInt(row.revision),
          id: row.id,
          type: Buffer.from(row.type).toString(),
          contentType: row.content_type,
          data: Buffer.from(row.data),
          metadata: Buffer.from(row.metadata),
          created: new Date(row.created),
        }),
      ),
    add: (records) => {
      inWords(file, () => {
        insertAll.immediate(records);
      });
    },
    close: () => {
      try {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        database.close();
      }
    },
  };
}

function open(file: string): Database.Database {
  const database = new Database(file);
  try {
    database.exec('PRAGMA busy_timeout = 10000');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version === 0) create(database, file);
    else if (version !== schemaVersion) throw notOurs(file);
    // Each commit is on disk before it is acknowledged.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function create(database: Database.Database, file: string): void {
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (tables > 0) throw notOurs(file);
  database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
}

function notOurs(file: string): StorageError {
  return new StorageError(`${file} is not a file of the KurrentDB stand-in. Choose another file.`);
}

/** Rewrites an error of SQLite in plain words. */
function inWords<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StorageError) throw error;
    // A file that cannot be opened leads to an error without a known code.
    const code = error instanceof Database.SqliteError ? error.code : error.message;
    const [, sentence = `it could not be used (${code}).`] = sentences.find(([known]) => code.startsWith(known)) ?? [];
    throw new StorageError(`The events in ${file}: ${sentence}`, { cause: error });
  }
}

const sentences = [
  ['SQLITE_FULL', 'the disk is full. Free some space, and try again.'],
  ['SQLITE_IOERR', 'the file cannot be read or written. Is the disk full or broken?'],
  ['SQLITE_READONLY', 'the file is read-only. Change its permissions, or those of its folder.'],
  ['SQLITE_CANTOPEN', 'the file cannot be opened. Does its folder exist, and may you write there?'],
  ['ConnectionFailed', 'the file cannot be opened. Does its folder exist, and may you write there?'],
  ['SQLITE_NOTADB', 'the file is not an event store. Choose another file.'],
  ['SQLITE_CORRUPT', 'the file is damaged. Keep a copy of it before you do anything else.'],
  ['SQLITE_CONSTRAINT', 'another program has written to the file. Stop that program, and start this one again.'],
  ['SQLITE_BUSY', 'another program uses the file. Stop that program, and try again.'],
] as const;

type Row = {
  readonly position: number;
  readonly stream: ArrayBuffer;
  readonly revision: number;
  readonly id: string;
  readonly type: ArrayBuffer;
  readonly content_type: string;
  readonly data: ArrayBuffer;
  readonly metadata: ArrayBuffer;
  readonly created: number;
};
