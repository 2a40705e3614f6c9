import Database from 'libsql';

/** Another program has the file open. Nothing was changed. */
export class FileInUseError extends Error {
  override readonly name = 'FileInUseError';

  constructor(file: string, cause: unknown) {
    super(`Another program uses ${file}, for example npm run web. End it, and try again.`, { cause });
  }
}

/** @throws FileInUseError when another program has the SQLite file open */
export function assertAlone(file: string): void {
  const database = new Database(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
  } catch (error) {
    throw isInUse(error) ? new FileInUseError(file, error) : error;
  } finally {
    database.close();
  }
}

/**
 * Changes a SQLite file in one transaction, alone. No bytes of what was changed stay behind, in no
 * free page and in no write-ahead log. It can end at any point, and be called again.
 *
 * @param change does the work in the transaction
 * @throws FileInUseError when another program has the file open
 */
export function rewriteFile(file: string, change: (database: Database.Database) => void): void {
  const database = new Database(file);
  try {
    // This empties the write-ahead log. It is refused while another program has the file open.
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON');
    database
      .transaction(() => {
        change(database);
      })
      .exclusive();
    database.exec('VACUUM'); // the pages are written anew, without gaps
  } catch (error) {
    throw isInUse(error) ? new FileInUseError(file, error) : error;
  } finally {
    database.close();
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
