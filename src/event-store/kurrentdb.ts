import { setMaxListeners } from 'node:events';

import { excludeSystemEvents, KurrentDBClient, START, streamNameFilter } from '@kurrent/kurrentdb-client';

import {
  EventStoreClosedError,
  type AllSubscriptionOptions,
  type AppendOptions,
  type EventStore,
  type NewEvent,
  type ReadOptions,
  type RecordedEvent,
  type StreamSubscriptionOptions,
} from './event-store.ts';
import {
  isNotLeader,
  isOutage,
  isStreamNotFound,
  NoAnswerError,
  toContractError,
  unavailable,
} from './kurrentdb-errors.ts';
import { collect, positionOf, toEventData, toRecordedEvent } from './kurrentdb-events.ts';
import { subscribed, type Connection, type Subscribing } from './kurrentdb-subscription.ts';
import { checkAppend, checkPosition, checkRead } from './requests.ts';

/** How long one attempt may take, in milliseconds, before the server counts as not answering. */
const patience = 3_000;

/** Events kept in KurrentDB: one server, or a cluster of them, in which the client finds the leader. */
export class KurrentDBEventStore implements EventStore {
  readonly #connectionString: string;
  #client: KurrentDBClient;
  /** Aborted when the client is given up for a new one. */
  #givenUp = manyListening();
  #closed = false;

  /**
   * Nothing is connected yet: the first call does that.
   *
   * @param connectionString as in `kurrentdb://127.0.0.1:2113?tls=false`
   * @throws Error when the client cannot read the connection string
   */
  constructor(connectionString: string) {
    this.#connectionString = connectionString;
    this.#client = KurrentDBClient.connectionString(connectionString);
  }

  async readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    checkRead(stream, options);
    try {
      return await this.#attemptTwice((client) => collect(client.readStream(stream, options)));
    } catch (error) {
      if (isStreamNotFound(error)) return [];
      throw toContractError(error, stream, 'any');
    }
  }

  async appendToStream(
    stream: string,
    events: readonly NewEvent[],
    { expectedRevision }: AppendOptions,
  ): Promise<bigint> {
    this.#assertOpen();
    checkAppend(stream, events, expectedRevision);
    const eventData = events.map(toEventData);
    try {
      const { nextExpectedRevision } = await this.#attemptTwice((client) =>
        client.appendToStream(stream, eventData, { streamState: expectedRevision }),
      );
      return nextExpectedRevision;
    } catch (error) {
      throw toContractError(error, stream, expectedRevision);
    }
  }

  async *subscribeToStream(
    stream: string,
    { fromRevision = 0n, signal }: StreamSubscriptionOptions = {},
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    checkRead(stream, { fromRevision });
    yield* this.#subscribe(fromRevision, signal, {
      open: (client, after) => client.subscribeToStream(stream, { fromRevision: after ?? START }),
      placeOf: ({ revision }) => revision,
    });
  }

  async *subscribeToAll({ fromPosition = 0n, streamPrefix = '', signal }: AllSubscriptionOptions = {}): AsyncGenerator<
    RecordedEvent,
    void,
    undefined
  > {
    checkPosition(fromPosition);
    const filter = streamPrefix === '' ? excludeSystemEvents() : streamNameFilter({ prefixes: [streamPrefix] });
    yield* this.#subscribe(fromPosition, signal, {
      open: (client, after) =>
        client.subscribeToAll({
          filter,
          fromPosition: after === undefined ? START : { commit: after, prepare: after },
        }),
      placeOf: positionOf,
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#givenUp.abort();
    await this.#client.dispose();
  }

  /**
   * A client that has lost its server does not always find it again, so the second attempt is made with a new one. An
   * append is safe to repeat: the ids of its events and its expected revision are the same.
   */
  async #attemptTwice<Answer>(call: (client: KurrentDBClient) => Promise<Answer>): Promise<Answer> {
    const client = this.#client;
    try {
      return await within(patience, call(client));
    } catch (error) {
      if (!isOutage(error)) throw error;
      // Who was told where the leader is, goes there on the next attempt.
      if (!isNotLeader(error)) this.#replace(client);
    }
    try {
      return await within(patience, call(this.#client));
    } catch (error) {
      throw isOutage(error) ? unavailable(error, this.#connectionString) : error;
    }
  }

  #replace(broken: KurrentDBClient): void {
    if (this.#closed || this.#client !== broken) return; // another call was here first
    this.#client = KurrentDBClient.connectionString(this.#connectionString);
    this.#givenUp.abort();
    this.#givenUp = manyListening();
    void broken.dispose();
  }

  async *#subscribe(
    first: bigint,
    signal: AbortSignal | undefined,
    kind: Pick<Subscribing, 'open' | 'placeOf'>,
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    const connection = (): Connection => {
      this.#assertOpen();
      return { client: this.#client, givenUp: this.#givenUp.signal };
    };
    const giveUp = ({ client }: Connection) => {
      this.#replace(client);
    };
    try {
      for await (const event of subscribed({ ...kind, connection, giveUp }, first, patience, signal)) {
        if (!event.streamId.startsWith('$')) yield toRecordedEvent(event);
      }
    } catch (error) {
      throw isOutage(error) ? unavailable(error, this.#connectionString) : error;
    }
  }

  #assertOpen(): void {
    if (this.#closed) throw new EventStoreClosedError();
  }
}

/** A controller to whose signal any number of subscriptions may listen. */
function manyListening(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** @throws NoAnswerError when the answer has not come within so many milliseconds */
function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NoAnswerError(milliseconds));
    }, milliseconds);
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
