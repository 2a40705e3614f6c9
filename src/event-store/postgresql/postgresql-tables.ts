import type { Pool } from 'pg';

import { StorageError } from '../event-store.ts';

/** When a server counts as lost, in milliseconds. */
export const timeouts = { connectionTimeoutMillis: 5_000, query_timeout: 30_000 };

/** Half of the positions that each transaction has. */
export const mostEvents = 2 ** 19;

const version = 1;

/** The positions of one transaction: position = transaction << 20 | 2 * (number of the event). */
const transactionBits = 20;

/**
 * A position begins with the number of the transaction that has appended the event. Transactions
 * end in another order than they begin, so a reader stops before the oldest open one: an event that
 * it has passed never gets a predecessor. A sequence would leave gaps that are filled later.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export const sql = {
  readStream: `
    SELECT * FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3`,

  readAll: `
    SELECT * FROM events
    WHERE position >= $1 AND position < $2 AND starts_with(stream, $3) ORDER BY position LIMIT $4`,

  /** The first position that an open or a later transaction may use, and whether it is used. */
  horizon: `
    WITH open AS (
      SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - first_transaction) << ${transactionBits} AS horizon
      FROM event_log)
    SELECT horizon, EXISTS (SELECT FROM events WHERE position >= horizon) AS "isPending" FROM open`,

  lastRevision: 'SELECT revision FROM events WHERE stream = $1 ORDER BY revision DESC LIMIT 1',

  ids: 'SELECT revision, id FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3',

  /**
   * Appends nothing if $2 is not the last revision. The index refuses the second of two at once.
   */
  append: `
    WITH appended AS (
      INSERT INTO events (position, stream, revision, id, type, data, metadata)
      SELECT
        ((pg_current_xact_id()::text::bigint - first_transaction) << ${transactionBits}) + 2 * (number - 1),
        $1, $2::bigint + number, id, type, data, metadata
      FROM event_log, unnest($3::uuid[], $4::text[], $5::json[], $6::json[])
        WITH ORDINALITY AS new (id, type, data, metadata, number)
      WHERE $2 = coalesce((SELECT max(revision) FROM events WHERE stream = $1), -1)
      RETURNING revision)
    SELECT max(revision) AS revision FROM appended`,
};

/** The columns have the types "C" and json, which keep every character and every order of keys. */
const create = `
  BEGIN ISOLATION LEVEL READ COMMITTED;
  SELECT pg_advisory_xact_lock(hashtext('event_log'));
  CREATE TABLE IF NOT EXISTS event_log (version int NOT NULL, first_transaction bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS events (
    position bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    data json NOT NULL,
    metadata json NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT events_stream_revision UNIQUE (stream, revision)
  );
  INSERT INTO event_log
  SELECT ${version}, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  WHERE NOT EXISTS (SELECT FROM event_log);
  COMMIT`;

const restored = `
  (SELECT max(position) >> ${transactionBits} AS last FROM events) AS restored
  WHERE last >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint - first_transaction`;

const read = `SELECT version, EXISTS (SELECT FROM ${restored}) AS "isRestored" FROM event_log`;

/** Numbers of transactions begin again on another server. The new ones continue the old ones. */
const continueAfterRestore = `
  UPDATE event_log
  SET first_transaction = pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1 - last
  FROM ${restored}`;

/**
 * Creates the tables if they are missing.
 *
 * @throws StorageError when the database has other tables with their names
 */
export async function prepareTables(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ log: string | null; events: string | null }>(
    "SELECT to_regclass('event_log')::text AS log, to_regclass('events')::text AS events",
  );
  if ((rows[0]?.log === null) !== (rows[0]?.events === null)) throw foreign();
  if (rows[0]?.log === null) await pool.query(create);
  const [log] = (await pool.query<{ version: number; isRestored: boolean }>(read)).rows;
  if (log?.version !== version) throw foreign();
  if (log.isRestored) await pool.query(continueAfterRestore); // those who may only read can do so
}

function foreign(): StorageError {
  return new StorageError(
    'The database has tables with the names "events" or "event_log" that this program has not made. ' +
      'Use a database of its own.',
  );
}
