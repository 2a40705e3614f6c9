import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { RecordedEvent } from './event-store.ts';

/** How many events a subscription reads at once. */
export const batchSize = 500;

/** A piece of a log: its events, and where the next piece begins. */
export type Batch = { readonly events: readonly RecordedEvent[]; readonly next: bigint };

/**
 * Follows a log: reads one batch after another, and waits at the end. Catching up and waiting for
 * new events use the same code, so no event is lost or delivered twice between the two.
 *
 * @param read reads the batch that begins here. An empty one ends where it begins
 * @param appended waits for the next append. It has to listen before it returns its promise, and to
 *   know of appends during a read that takes time
 */
export function follow(
  from: bigint,
  read: (from: bigint, ended: AbortSignal) => Batch | Promise<Batch>,
  appended: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal | undefined,
): AsyncIterable<RecordedEvent> {
  return subscription(async function* (ended) {
    for (let next = from; !isAborted(ended);) {
      const answer = read(next, ended);
      // A batch that is here at once is handled at once: no append can come before the wait below.
      const batch = answer instanceof Promise ? await answer : answer;
      for (const event of batch.events) {
        yield event;
        if (isAborted(ended)) return;
      }
      // A subscriber that catches up yields to the event loop between batches.
      await (batch.next === next ? appended(ended) : nextTurn());
      next = batch.next;
    }
  }, signal);
}

/** Wakes the subscribers of one store when it appends. */
export class Appends {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  get areAwaited(): boolean {
    return this.#emitter.eventNames().length > 0;
  }

  /** Waits for the next append to a stream, or to any stream, or for the signal. */
  async next(stream: string | undefined, signal: AbortSignal): Promise<void> {
    await once(this.#emitter, channelOf(stream), { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  notify(stream: string): void {
    this.#emitter.emit(channelOf(stream));
    this.#emitter.emit(channelOf(undefined));
  }

  /** Wakes every subscriber: it reads again, whatever it waits for. */
  notifyAll(): void {
    // `once` listens for 'error', too.
    for (const name of this.#emitter.eventNames()) if (name !== 'error') this.#emitter.emit(name);
  }
}

/**
 * A subscription that ends by the signal, and by `return()` even while `next()` waits. A generator
 * alone would wait, too.
 */
export function subscription(
  generate: (signal: AbortSignal) => AsyncGenerator<RecordedEvent, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncIterable<RecordedEvent> {
  const left = new AbortController();
  const events = generate(signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]));
  const leave = events.return.bind(events);
  events.return = (value) => {
    left.abort();
    return leave(value);
  };
  return events;
}

/** A function, because the compiler does not expect a signal to change between two lines. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

function channelOf(stream: string | undefined): string {
  return stream === undefined ? 'all streams' : `stream ${stream}`;
}
