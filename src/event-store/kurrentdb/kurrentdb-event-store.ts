import { setMaxListeners } from 'node:events';

import { KurrentDBClient, START, streamNameFilter, type Filter, type ReadPosition } from '@kurrent/kurrentdb-client';

import { checkAppend, checkRead, checkReadAll } from '../append-rules.ts';
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
import { subscription } from '../subscription.ts';
import { isNotLeader, isOutage, isStreamNotFound, toContractError } from './kurrentdb-errors.ts';
import { collect, positionOf, toEventData, withTimeout } from './kurrentdb-events.ts';
import { subscribed, type Connection, type Source } from './kurrentdb-subscription.ts';

/** Events in KurrentDB: one server, or a cluster in which the client finds the leader. */
export class KurrentDBEventStore implements EventStore {
  readonly #url: string;
  #connection: Connection;
  #closed = false;

  /**
   * Connects at the first call.
   *
   * @param url a connection string, as `kurrentdb://127.0.0.1:2113?tls=false`
   * @throws Error when the client cannot read it
   */
  constructor(url: string) {
    this.#url = url;
    this.#connection = newConnection(url);
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    try {
      return await this.#call((client) => collect(client.readStream(stream, options)), isOutage);
    } catch (error) {
      if (isStreamNotFound(error)) return [];
      throw toContractError(error, stream, this.#url);
    }
  }

  async readAll(options: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    const { fromPosition = -1n, maxCount = Number.MAX_SAFE_INTEGER, streamPrefix = '' } = options;
    this.#assertOpen();
    checkReadAll(options);
    // The server counts after its filter, and begins with the event at the position: one too many.
    const [from, count] = [placeAt(options.fromPosition), BigInt(maxCount) + 1n];
    const query = { filter: streamsWith(streamPrefix), fromPosition: from, maxCount: count };
    try {
      const events = await this.#call((client) => collect(client.readAll(query)), isOutage);
      return events.filter(({ position }) => position > fromPosition).slice(0, maxCount);
    } catch (error) {
      throw toContractError(error, '$all', this.#url);
    }
  }

  async appendToStream(stream: string, events: readonly NewEvent[], options: AppendOptions): Promise<bigint> {
    const { expectedRevision } = options;
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const eventData = events.map(toEventData);
    try {
      const { nextExpectedRevision } = await this.#call(
        (client) => withTimeout(() => client.appendToStream(stream, eventData, { streamState: expectedRevision })),
        isNotLeader,
      );
      return nextExpectedRevision;
    } catch (error) {
      throw toContractError(error, stream, this.#url, expectedRevision);
    }
  }

  subscribeToStream(stream: string, options: StreamSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromRevision = 0n, signal } = options;
    const source = (): Source => {
      checkRead(stream, { fromRevision });
      return {
        after: fromRevision === 0n ? undefined : fromRevision - 1n,
        open: (client, after) => client.subscribeToStream(stream, { fromRevision: after ?? START }),
        placeOf: ({ revision }) => revision,
      };
    };
    return subscription((ended) => this.#subscribed(source, ended), signal);
  }

  subscribeToAll(options: AllSubscriptionOptions = {}): AsyncIterable<RecordedEvent> {
    const { fromPosition, streamPrefix = '', signal } = options;
    const source = (): Source => {
      checkReadAll(options);
      const filter = streamsWith(streamPrefix);
      return {
        after: fromPosition,
        open: (client, after) => client.subscribeToAll({ filter, fromPosition: placeAt(after) }),
        placeOf: positionOf,
      };
    };
    return subscription((ended) => this.#subscribed(source, ended), signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.abandoned.abort();
    await this.#connection.client.dispose();
  }

  /**
   * Calls the server. A failed connection is replaced: its client may never find the server again.
   *
   * @param mayRepeat whether the call is made once more after this error
   */
  async #call<Answer>(
    call: (client: KurrentDBClient) => Promise<Answer>,
    mayRepeat: (error: unknown) => boolean,
  ): Promise<Answer> {
    const connection = this.#connection;
    try {
      return await call(connection.client);
    } catch (error) {
      this.#replaceAfter(error, connection);
      if (!mayRepeat(error)) throw error;
    }
    this.#assertOpen();
    return call(this.#connection.client);
  }

  #subscribed(source: () => Source, signal: AbortSignal): AsyncGenerator<RecordedEvent, void, undefined> {
    const connect = () => {
      this.#assertOpen();
      return this.#connection;
    };
    return subscribed(source, connect, this.#replaceAfter, signal);
  }

  /** After a not-leader error, the client itself goes to the leader. */
  readonly #replaceAfter = (error: unknown, connection: Connection): void => {
    if (!isOutage(error) || isNotLeader(error) || this.#closed || this.#connection !== connection) return;
    this.#connection = newConnection(this.#url);
    connection.abandoned.abort();
    connection.client.dispose().catch(() => undefined); // it has failed already
  };

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

function newConnection(url: string): Connection {
  const abandoned = new AbortController();
  setMaxListeners(0, abandoned.signal); // every subscription listens to it
  return { url, client: KurrentDBClient.connectionString(url), abandoned };
}

function placeAt(position: bigint | undefined): ReadPosition {
  return position === undefined ? START : { commit: position, prepare: position };
}

/** `excludeSystemEvents` would leave out event types that begin with $, and not streams. */
function streamsWith(prefix: string): Filter {
  if (prefix === '') return streamNameFilter({ regex: '^[^$]' });
  const none = '(?!)';
  return prefix.startsWith('$') ? streamNameFilter({ regex: none }) : streamNameFilter({ prefixes: [prefix] });
}
