import Database from 'libsql';

import { StorageError } from './event-store.ts';

/** What the tables of a file look like. */
export type Schema = { readonly version: number; readonly statements: string };

/** How long another process may keep the file to itself, in milliseconds, before waiting for it counts as an error. */
const patience = 10_000;

/**
 * Opens a file of SQLite, and makes its tables if it is new. A file that holds anything else is left as it is.
 *
 * @throws StorageError that names the file
 */
export function openDatabase(file: string, schema: Schema): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.exec(`PRAGMA busy_timeout = ${patience}`);
    const found = versionOf(database);
    if (found === 0) makeTables(database, file, schema);
    else if (found !== schema.version) throw wrongVersion(file, found, schema);
    // Each commit is on the disk before it is acknowledged. Readers do not wait for the writer, nor it for them.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    return database;
  } catch (error) {
    database?.close();
    throw toStorageError(error, file);
  }
}

/** An error of SQLite as a sentence that names the file and says what to do. Any other error comes back as it is. */
export function toStorageError(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const [, sentence = `could not be used (${code}).`] = sentences.find(([known]) => code.startsWith(known)) ?? [];
  return new StorageError(`The events in ${file}: the file ${sentence} Nothing was written.`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  // A file that cannot even be opened is reported by a bare error.
  return error instanceof Error && error.message.startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : undefined;
}

const sentences = [
  ['SQLITE_FULL', 'cannot grow, because the disk is full. Make room, and try again.'],
  ['SQLITE_IOERR', 'cannot be read or written. Is the disk full, or broken?'],
  ['SQLITE_READONLY', 'must not be written to. Change its permissions, or those of its folder.'],
  ['SQLITE_CANTOPEN', 'cannot be opened. Does its folder exist, and may you write there?'],
  ['SQLITE_NOTADB', 'is no event store. Name another one.'],
  ['SQLITE_CORRUPT', 'is damaged. Keep a copy of it before you do anything else.'],
  ['SQLITE_BUSY', 'is in use by another program, which does not let go of it.'],
] as const;

function makeTables(database: Database.Database, file: string, schema: Schema): void {
  database
    .transaction(() => {
      const found = versionOf(database); // another process may have been here first
      if (found === schema.version) return;
      const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
      if (found !== 0) throw wrongVersion(file, found, schema);
      if (tables > 0) throw new StorageError(`${file} is a database, but no event store. Name another file.`);
      database.exec(`${schema.statements}; PRAGMA user_version = ${schema.version};`);
    })
    .immediate();
}

function wrongVersion(file: string, found: number, { version }: Schema): StorageError {
  return new StorageError(
    `${file} is an event store of version ${found}, and this program knows version ${version}. ` +
      'Use the program that has written it, or name another file.',
  );
}

function versionOf(database: Database.Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
