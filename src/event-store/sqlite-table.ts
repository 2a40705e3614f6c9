import type Database from 'libsql';

import type { RecordedEvent } from './event-store.ts';
import type { Schema } from './sqlite-file.ts';

/**
 * One table: the stream and the revision are its key, so a stream lies together on the disk, and nothing can be stored
 * twice at the same revision, whoever tries.
 */
export const schema: Schema = {
  version: 1,
  statements: `
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
    CREATE INDEX events_by_id ON events (stream, id)`,
};

/** A row before it has a position. Data and metadata are JSON texts. */
export type NewRow = {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recordedAt: Date;
};

/** The table of the events, and the six questions that an event store has for it. */
export class EventTable {
  readonly #read: Database.Statement;
  readonly #readAll: Database.Statement;
  readonly #last: Database.Statement;
  readonly #idAt: Database.Statement;
  readonly #revisionOf: Database.Statement;
  readonly #insert: Database.Statement;

  constructor(database: Database.Database) {
    // Stream and type as bytes: as texts, they would end where they have a NUL in them.
    const row = `CAST(stream AS BLOB) AS stream, revision, position, id, CAST(type AS BLOB) AS type, data, metadata, recorded_at`;
    this.#read = database.prepare(
      `SELECT ${row} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    );
    this.#readAll = database.prepare(`SELECT ${row} FROM events WHERE position >= ? ORDER BY position LIMIT ?`);
    this.#last = database.prepare('SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.#idAt = database.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    this.#revisionOf = database.prepare(
      'SELECT revision FROM events WHERE stream = ? AND id = lower(?) ORDER BY revision LIMIT 1',
    );
    this.#insert = database.prepare(`
      INSERT INTO events (stream, revision, position, id, type, data, metadata, recorded_at)
      VALUES (?, ?, (SELECT coalesce(max(position), -1) + 1 FROM events), lower(?), ?, ?, ?, ?)`);
  }

  read(stream: string, fromRevision: bigint, maxCount: number | undefined): readonly RecordedEvent[] {
    const rows = this.#read.all(stream, Number(fromRevision), maxCount ?? -1) as readonly Row[];
    return rows.map(toRecordedEvent);
  }

  readAll(fromPosition: bigint, maxCount: number): readonly RecordedEvent[] {
    const rows = this.#readAll.all(Number(fromPosition), maxCount) as readonly Row[];
    return rows.map(toRecordedEvent);
  }

  last(stream: string): bigint | undefined {
    return revisionIn(this.#last.get(stream));
  }

  idAt(stream: string, revision: bigint): string | undefined {
    return (this.#idAt.get(stream, Number(revision)) as { id: string } | undefined)?.id;
  }

  revisionOf(stream: string, id: string): bigint | undefined {
    return revisionIn(this.#revisionOf.get(stream, id));
  }

  insert({ stream, revision, id, type, data, metadata, recordedAt }: NewRow): void {
    this.#insert.run(stream, Number(revision), id, type, data, metadata, recordedAt.toISOString());
  }
}

type Row = {
  readonly stream: ArrayBuffer;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: ArrayBuffer;
  readonly data: string;
  readonly metadata: string;
  readonly recorded_at: string;
};

function toRecordedEvent(row: Row): RecordedEvent {
  return {
    id: row.id,
    type: utf8.decode(row.type),
    data: parse(row.data),
    metadata: parse(row.metadata),
    stream: utf8.decode(row.stream),
    revision: BigInt(row.revision),
    position: BigInt(row.position),
    recordedAt: new Date(row.recorded_at),
  };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** What is no JSON comes back as the text that it is: whoever checks the event will say where it lies, and what is wrong with it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function revisionIn(row: unknown): bigint | undefined {
  return row === undefined ? undefined : BigInt((row as { revision: number }).revision);
}
