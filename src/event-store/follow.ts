import { setImmediate as nextTurn } from 'node:timers/promises';

import type { RecordedEvent } from './event-store.ts';

/** A piece of a log: its events, and the place where the next piece begins. */
export type Batch = { readonly events: readonly RecordedEvent[]; readonly next: bigint };

/** A log that can be read piece by piece, and waited for. */
export type FollowedLog = {
  /** What lies at this place and behind it: at most as much as is good to read at once. */
  readonly read: (from: bigint) => Batch;
  /** Comes back when there may be more to read, or when the subscription is over. */
  readonly grown: () => Promise<void>;
};

/**
 * Walks along a log, and waits where it ends. Catching up and being live are the same thing, done by the same lines: there is no
 * switch between the two, and so nothing can be lost or doubled in it.
 *
 * @param from the place to begin at
 */
export async function* follow(
  { read, grown }: FollowedLog,
  from: bigint,
  signal: AbortSignal | undefined,
): AsyncGenerator<RecordedEvent, void, undefined> {
  let place = from;
  while (!isAborted(signal)) {
    const { events, next } = read(place);
    for (const event of events) {
      yield event;
      if (isAborted(signal)) return;
    }
    // Nothing to read, and already waiting: between the two, nobody else has had a turn.
    if (next === place) await grown();
    // Who has much to catch up with leaves the others a turn.
    else await nextTurn();
    place = next;
  }
}

/** Whether a subscription is over. To be asked anew each time: the signal changes while others have their turn. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}
