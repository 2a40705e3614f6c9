import { setTimeout as delay } from 'node:timers/promises';

import type { AllStreamSubscription, KurrentDBClient, StreamSubscription } from '@kurrent/kurrentdb-client';

import { isAborted } from './follow.ts';
import { isNotLeader, isOutage, isTooSlow, NoAnswerError } from './kurrentdb-errors.ts';
import type { ClientEvent } from './kurrentdb-events.ts';

/** A client, and the signal that it has been given up. */
export type Connection = { readonly client: KurrentDBClient; readonly givenUp: AbortSignal };

/** What a subscription needs to begin, and to begin again. */
export type Subscribing = {
  /** The connection to use now. It fails when the store has been closed. */
  readonly connection: () => Connection;
  /** Tells that this connection is of no use any more. */
  readonly giveUp: (connection: Connection) => void;
  /** Subscribes to what lies behind a place, or to everything. */
  readonly open: (client: KurrentDBClient, after: bigint | undefined) => StreamSubscription | AllStreamSubscription;
  /** The place of an event, as `open` understands it. */
  readonly placeOf: (event: ClientEvent) => bigint;
};

/** How long to wait, in milliseconds, before a server that has gone is asked again. */
const pause = 250;

/**
 * The events behind a place, as KurrentDB sends them. A subscription of the client ends with the connection, so after a loss a new one is
 * made, which begins behind the last event that was handed out: nothing is left out, and nothing comes twice.
 *
 * @param patience how long the server may take to confirm a subscription, in milliseconds
 * @throws what the client throws, when the server was never there, or when it is no loss of the connection
 */
export async function* subscribed(
  { connection, giveUp, open, placeOf }: Subscribing,
  first: bigint,
  patience: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<ClientEvent, void, undefined> {
  let after = first === 0n ? undefined : first - 1n;
  const server = { wasThere: false };
  for (let failures = 0; !isAborted(signal);) {
    const current = connection();
    const stop = signal === undefined ? current.givenUp : AbortSignal.any([signal, current.givenUp]);
    const subscription = open(current.client, after);
    subscription.once('confirmation', () => {
      server.wasThere = true;
    });
    try {
      for await (const event of eventsOf(subscription, patience, stop)) {
        const place = placeOf(event);
        if (after !== undefined && place <= after) continue;
        after = place;
        yield event;
        if (stop.aborted) break;
      }
    } catch (error) {
      if (stop.aborted || isTooSlow(error)) continue;
      if (!isOutage(error)) throw error;
      failures += 1;
      if (!server.wasThere && failures > 1) throw error;
      // Who was told where the leader is, goes there on the next attempt.
      if (!isNotLeader(error)) giveUp(current);
    }
    await delay(pause, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
}

/** What one subscription of the client brings, until it is stopped, fails, or the server ends it. */
async function* eventsOf(
  subscription: StreamSubscription | AllStreamSubscription,
  patience: number,
  stop: AbortSignal,
): AsyncGenerator<ClientEvent, void, undefined> {
  const end = () => void subscription.destroy();
  const timer = setTimeout(() => void subscription.destroy(new NoAnswerError(patience)), patience);
  subscription.once('confirmation', () => {
    clearTimeout(timer);
  });
  subscription.on('error', () => undefined); // an error that comes after the end concerns nobody
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  try {
    for await (const { event } of subscription) if (event) yield event;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
    // Leaving the loop alone would leave the call open, and the process alive.
    subscription.unsubscribe().catch(() => undefined);
  }
}
