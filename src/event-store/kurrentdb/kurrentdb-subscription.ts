import { setTimeout as delay } from 'node:timers/promises';

import type { AllStreamSubscription, KurrentDBClient, StreamSubscription } from '@kurrent/kurrentdb-client';

import type { RecordedEvent } from '../event-store.ts';
import { isAborted } from '../subscription.ts';
import { isOutage, isTooSlow, unavailable } from './kurrentdb-errors.ts';
import { NoAnswerError, silenceTimeoutMs, toRecordedEvent, type ClientEvent } from './kurrentdb-events.ts';

/** A client of a server, and the signal that another one has taken its place. */
export type Connection = {
  readonly url: string;
  readonly client: KurrentDBClient;
  readonly abandoned: AbortController;
};

/** What to subscribe to. */
export type Source = {
  /** The place after which events are wanted. Default: every event is wanted. */
  readonly after: bigint | undefined;
  readonly open: (client: KurrentDBClient, after: bigint | undefined) => ClientSubscription;
  /** The place of an event: its revision, or its position. */
  readonly placeOf: (event: ClientEvent) => bigint;
};

type ClientSubscription = StreamSubscription | AllStreamSubscription;

/** How long to wait before connecting to a lost server again, in milliseconds. */
const retryDelayMs = 250;

/**
 * The events of a source. A subscription of the client ends with its connection. Then a new one
 * begins after the last delivered event, so that none is left out or delivered twice.
 *
 * @param source is called first, and may refuse its options
 * @param connect gives the connection to use now
 * @param onFailure is told about each failure before the next attempt
 * @throws EventStoreUnavailableError when the server was never reached
 * @throws the client's error when it is not an outage
 */
export async function* subscribed(
  source: () => Source,
  connect: () => Connection,
  onFailure: (error: unknown, connection: Connection) => void,
  signal: AbortSignal,
): AsyncGenerator<RecordedEvent, void, undefined> {
  const { after: first, open, placeOf } = source();
  let after = first;
  let wasConfirmed = false as boolean;
  for (let failures = 0; !isAborted(signal);) {
    const connection = connect();
    const stop = AbortSignal.any([signal, connection.abandoned.signal]);
    const clientSubscription = open(connection.client, after);
    clientSubscription.once('confirmation', () => {
      wasConfirmed = true;
    });
    try {
      for await (const event of eventsOf(clientSubscription, stop)) {
        const place = placeOf(event);
        if (after !== undefined && place <= after) continue;
        after = place;
        yield toRecordedEvent(event);
        if (stop.aborted) break;
      }
    } catch (error) {
      if (stop.aborted || isTooSlow(error)) continue;
      if (!isOutage(error)) throw error;
      failures += 1;
      if (!wasConfirmed && failures > 1) throw unavailable(error, connection.url);
      onFailure(error, connection);
    }
    await delay(retryDelayMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The events of one subscription of the client, until it is stopped or fails. */
async function* eventsOf(
  clientSubscription: ClientSubscription,
  stop: AbortSignal,
): AsyncGenerator<ClientEvent, void, undefined> {
  const end = () => void clientSubscription.destroy();
  const timer = setTimeout(() => void clientSubscription.destroy(new NoAnswerError()), silenceTimeoutMs);
  clientSubscription.once('confirmation', () => {
    clearTimeout(timer);
  });
  clientSubscription.on('error', () => undefined); // an error after the end has no meaning
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  try {
    for await (const { event } of clientSubscription) if (event) yield event;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
    // Leaving the loop does not end the call, and an open call keeps the process alive.
    clientSubscription.unsubscribe().catch(() => undefined);
  }
}
