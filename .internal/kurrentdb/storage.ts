import type Database from 'libsql';

import { openDatabase, toStorageError } from '../../src/event-store/sqlite-file.ts';
import type { LogRecord } from './log.ts';

/** Where the records of the log survive. */
export type Storage = {
  load(): readonly LogRecord[];
  /** Keeps the records, all or none: when it returns, they are safe. */
  add(records: readonly LogRecord[]): void;
  close(): void;
};

/** Nothing survives. */
export const memoryStorage: Storage = { load: () => [], add: () => undefined, close: () => undefined };

const schema = {
  version: 101,
  statements: `
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
    ) STRICT`,
};

/**
 * Keeps the log in a file of SQLite.
 *
 * @throws StorageError that names the file
 */
export class FileStorage implements Storage {
  readonly #file: string;
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;

  constructor(file: string) {
    this.#file = file;
    this.#database = openDatabase(file, schema);
    this.#insert = this.#database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  load(): readonly LogRecord[] {
    const rows = this.#database.prepare('SELECT * FROM records ORDER BY position').all() as readonly Row[];
    return rows.map((row) => ({
      position: row.position,
      stream: Buffer.from(row.stream).toString(),
      revision: BigInt(row.revision),
      id: row.id,
      type: Buffer.from(row.type).toString(),
      contentType: row.content_type,
      data: Buffer.from(row.data),
      metadata: Buffer.from(row.metadata),
      created: new Date(row.created),
    }));
  }

  add(records: readonly LogRecord[]): void {
    const insert = this.#database.transaction(() => {
      for (const { position, stream, revision, id, type, contentType, data, metadata, created } of records) {
        const texts = [Buffer.from(type), contentType, Buffer.from(data), Buffer.from(metadata)];
        this.#insert.run(position, Buffer.from(stream), Number(revision), id, ...texts, created.getTime());
      }
    });
    try {
      insert.immediate();
    } catch (error) {
      throw toStorageError(error, this.#file);
    }
  }

  close(): void {
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#database.close();
  }
}

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
