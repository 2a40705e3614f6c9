import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { Client, Pool, type QueryResultRow } from 'pg';

import { checkAppend, checkRead, checkReadAll, recentEvents, repeatedAppend, toJsonText } from '../append-rules.ts';
import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  InvalidRequestError,
  type AllSubscriptionOptions,
  type AppendOptions,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type StreamSubscriptionOptions,
} from '../event-store.ts';
import { batchSize, follow, isAborted, type Batch } from '../subscription.ts';
import { PostgresqlChanges } from './postgresql-changes.ts';
import { isTaken, isToRepeat, toContractError } from './postgresql-errors.ts';
import { mostEvents, prepareTables, sql, timeouts } from './postgresql-tables.ts';

/** How long a lost server is left alone before the next attempt, in milliseconds. */
const retryDelayMs = 250;

/** How long `readAll` waits for open transactions with earlier positions, in milliseconds. */
const openTransactionsMs = 2_000;

/**
 * Events in a PostgreSQL database, in tables that are created at the first call. An acknowledged
 * append survives a crash of the server.
 */
export class PostgresqlEventStore implements EventStore {
  readonly #url: string;
  readonly #pool: Pool;
  readonly #changes: PostgresqlChanges;
  readonly #sockets = new Set<Socket>();
  #tables: Promise<void> | undefined;
  #closed = false;

  /**
   * Connects at the first call.
   *
   * @param url a connection string, as `postgresql://postgres@127.0.0.1:5432/postgres`
   * @throws Error when the driver cannot read it
   */
  constructor(url: string) {
    this.#url = url;
    if (!/^\w+:\/\//.test(url)) throw new Error('it has to begin with "postgresql://"');
    const config = { connectionString: url, ...timeouts, stream: () => this.#newSocket() };
    new Client(config); // refuses what it cannot read; the pool would do so at the first call only
    this.#pool = new Pool(config);
    this.#pool.on('error', () => undefined); // an idle connection was lost, and the pool opens another
    this.#changes = new PostgresqlChanges(this.#pool, config);
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    return this.#events(sql.readStream, stream, int8(options.fromRevision ?? 0n), options.maxCount ?? null);
  }

  async readAll(options: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const { fromPosition = -1n, maxCount = null, streamPrefix = '' } = options;
    this.#assertOpen();
    checkReadAll(options);
    const { horizon } = await this.#settled();
    return this.#events(sql.readAll, int8(fromPosition + 1n), `${horizon}`, streamPrefix, maxCount);
  }

  async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const { expectedRevision: expected } = options;
    this.#assertOpen();
    checkAppend(stream, events, expected);
    if (events.length > mostEvents) throw new InvalidRequestError(`An append takes at most ${mostEvents} events.`);
    const columns = [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map((event) => toJsonText(event, 'data')),
      events.map((event) => toJsonText(event, 'metadata')),
    ];
    // The insert itself checks a revision. Words, and a refusal, need a look at the stream.
    let last = expected === 'any' || expected === 'stream_exists' ? undefined : expected;
    for (;;) {
      if (last === undefined) {
        const view = await this.#viewOf(stream, expected, events.length);
        const repeated = repeatedAppend(stream, events, expected, view);
        if (repeated !== undefined) return repeated;
        last = view.last;
      }
      const revision = await this.#insert(stream, last, columns);
      if (revision !== undefined) {
        this.#changes.notify(stream);
        return revision;
      }
      last = undefined;
    }
  }

  subscribeToStream(stream: string, options: StreamSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromRevision = 0n, signal } = options;
    const read = async (from: bigint) => {
      checkRead(stream, { fromRevision });
      const events = await this.#events(sql.readStream, stream, int8(from), batchSize);
      return { events, next: from + BigInt(events.length) };
    };
    return this.#follow(fromRevision, read, stream, signal);
  }

  subscribeToAll(options: AllSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromPosition = -1n, streamPrefix = '', signal } = options;
    const read = async (from: bigint) => {
      checkReadAll(options);
      const { horizon, isPending } = await this.#horizon();
      if (isPending) this.#changes.lookSoon();
      if (horizon <= from) return { events: [], next: from };
      const events = await this.#events(sql.readAll, int8(from), `${horizon}`, streamPrefix, batchSize);
      const last = events.length === batchSize ? events.at(-1) : undefined;
      return { events, next: last === undefined ? horizon : last.position + 1n };
    };
    return this.#follow(fromPosition + 1n, read, undefined, signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#changes.close();
    await this.#pool.end();
    for (const socket of this.#sockets) socket.destroy();
  }

  /**
   * The driver leaves the socket of a refused connection open, which would keep the program alive.
   */
  #newSocket(): Socket {
    const socket = new Socket();
    this.#sockets.add(socket);
    return socket.once('close', () => this.#sockets.delete(socket));
  }

  /** Follows a log through outages. A server that has never answered is reported. */
  #follow(
    first: bigint,
    read: (from: bigint) => Promise<Batch>,
    stream: string | undefined,
    signal: AbortSignal | undefined,
  ): AsyncIterable<RecordedEvent> {
    let hasAnswered = false;
    let seen = 0;
    const patientRead = async (from: bigint, ended: AbortSignal): Promise<Batch> => {
      while (!isAborted(ended)) {
        this.#assertOpen();
        seen = this.#changes.count;
        try {
          const batch = await read(from);
          hasAnswered = true;
          return batch;
        } catch (error) {
          if (!hasAnswered || !(error instanceof EventStoreUnavailableError)) throw error;
        }
        await delay(retryDelayMs, undefined, { signal: ended }).catch(() => undefined);
      }
      return { events: [], next: from };
    };
    return follow(first, patientRead, (ended) => this.#changes.next(stream, seen, ended), signal);
  }

  /** Waits for transactions that may still add events before the last one, but not for ever. */
  async #settled(): Promise<Horizon> {
    const end = Date.now() + openTransactionsMs;
    for (;;) {
      const horizon = await this.#horizon();
      if (!horizon.isPending || Date.now() > end) return horizon;
      await delay(5);
    }
  }

  async #horizon(): Promise<Horizon> {
    const [row] = await this.#query<{ horizon: string; isPending: boolean }>(sql.horizon);
    return { horizon: BigInt(row?.horizon ?? 0), isPending: row?.isPending ?? false };
  }

  async #viewOf(stream: string, expected: ExpectedRevision, count: number) {
    const [row] = await this.#query<{ revision: string }>(sql.lastRevision, stream);
    const last = row === undefined ? ('no_stream' as const) : BigInt(row.revision);
    const recent = last === 'no_stream' ? 0n : last + 1n - BigInt(recentEvents);
    const [from, most] =
      typeof expected === 'bigint' ? [expected + 1n, count] : expected === 'no_stream' ? [0n, count] : [recent, null];
    const rows = await this.#query<{ revision: string; id: string }>(sql.ids, stream, int8(from), most);
    const ids = rows.map(({ revision, id }) => [BigInt(revision), id] as const);
    return {
      last,
      idAt: (revision: bigint) => ids.find(([at]) => at === revision)?.[1],
      recentRevisionOf: (wanted: string) => ids.findLast(([, id]) => id === wanted)?.[0],
    };
  }

  /** @returns the last revision, or `undefined` when the stream does not end with `last` */
  async #insert(stream: string, last: bigint | 'no_stream', columns: readonly unknown[]): Promise<bigint | undefined> {
    try {
      const after = last === 'no_stream' ? '-1' : int8(last);
      const [row] = await this.#query<{ revision: string | null }>(sql.append, stream, after, ...columns);
      return row?.revision == null ? undefined : BigInt(row.revision);
    } catch (error) {
      if (isTaken(error)) return undefined;
      throw error;
    }
  }

  async #events(query: string, ...parameters: readonly unknown[]): Promise<readonly RecordedEvent[]> {
    return (await this.#query<Row>(query, ...parameters)).map(toRecordedEvent);
  }

  async #query<Result extends QueryResultRow>(query: string, ...parameters: readonly unknown[]): Promise<Result[]> {
    this.#assertOpen();
    try {
      await this.#prepared();
      return (await this.#pool.query<Result>(query, [...parameters])).rows;
    } catch (error) {
      if (this.#closed) throw new EventStoreClosedError();
      if (isToRepeat(error)) return this.#query(query, ...parameters);
      throw toContractError(error, this.#url);
    }
  }

  /** Prepares the tables once. After a failure, the next call tries again. */
  #prepared(): Promise<void> {
    this.#tables ??= prepareTables(this.#pool).catch((error: unknown) => {
      this.#tables = undefined;
      throw error;
    });
    return this.#tables;
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

/** @property isPending whether an open transaction holds events back that are stored already */
type Horizon = { readonly horizon: bigint; readonly isPending: boolean };

type Row = {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly recorded_at: Date;
};

function toRecordedEvent({ id, type, data, metadata, stream, revision, position, recorded_at }: Row): RecordedEvent {
  const [at, place] = [BigInt(revision), BigInt(position)];
  return { id, type, data, metadata, stream, revision: at, position: place, recordedAt: recorded_at };
}

/** A number as PostgreSQL takes it: nothing has a larger one. */
function int8(value: bigint): string {
  return BigInt.asIntN(64, value) === value ? `${value}` : `${2n ** 63n - 1n}`;
}
