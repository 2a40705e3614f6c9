import Database from 'libsql';

import { StorageError } from '../event-store.ts';

/** The version of the schema, kept in `user_version`. A file of another version is refused. */
const schemaVersion = 1;

/** The key keeps a stream together on the disk, and no revision can be stored twice. */
const schema = `
  CREATE TABLE events (
    stream      TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    position    INTEGER NOT NULL UNIQUE,
    id          TEXT    NOT NULL,
    type        TEXT    NOT NULL,
    data        TEXT    NOT NULL,
    metadata    TEXT    NOT NULL,
    recorded_at TEXT    NOT NULL,
    PRIMARY KEY (stream, revision)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${schemaVersion};`;

/** How long a call waits for another process that holds the file, in milliseconds. */
const busyTimeoutMs = 10_000;

/**
 * Opens a SQLite file. A new file gets the table, and a file with other contents is not changed.
 *
 * @throws StorageError that names the file
 */
export function openDatabase(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    if (versionOf(database) !== schemaVersion) createTable(database, file);
    // Each commit is on the disk before it is acknowledged. Readers and writers do not wait.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    return database;
  } catch (error) {
    database?.close();
    throw toStorageError(error, file);
  }
}

/** An error of SQLite as a StorageError with advice. Other errors are returned as they are. */
export function toStorageError(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const [, sentence = `could not be used (${code}).`] = sentences.find(([known]) => code.startsWith(known)) ?? [];
  return new StorageError(`The events in ${file}: the file ${sentence} Nothing was written.`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  // libsql reports a file that cannot be opened by a plain error.
  return error instanceof Error && error.message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : undefined;
}

const sentences = [
  ['SQLITE_FULL', 'cannot grow, because the disk is full. Make room and try again.'],
  ['SQLITE_IOERR', 'cannot be read or written. Is the disk full or broken?'],
  ['SQLITE_READONLY', 'is read-only. Change its permissions or those of its folder.'],
  ['SQLITE_CANTOPEN', 'cannot be opened. Does its folder exist, and may you write there?'],
  ['SQLITE_NOTADB', 'is not an event store. Name another one.'],
  ['SQLITE_CORRUPT', 'is damaged. Make a copy of it before you do anything else.'],
  ['SQLITE_BUSY', 'is locked by another program.'],
] as const;

function createTable(database: Database.Database, file: string): void {
  database
    .transaction(() => {
      const version = versionOf(database); // another process may have created it meanwhile
      if (version === schemaVersion) return;
      if (version !== 0) {
        throw new StorageError(
          `${file} is an event store of version ${version}, and this program reads version ${schemaVersion}. ` +
            'Use the program that has written it, or name another file.',
        );
      }
      const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
      if (tables > 0) throw new StorageError(`${file} is a database, but not an event store. Name another file.`);
      database.exec(schema);
    })
    .immediate();
}

function versionOf(database: Database.Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
