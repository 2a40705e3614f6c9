import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '../../event-store/event-store.ts';

/** Something that the server offers beyond games. It has a page of its own. */
export type Part = {
  /** Its page is /NAME, its stream /api/NAME/live, and what it is asked for goes to /api/NAME. */
  readonly name: string;
  /** What its page shows: at once, and after each change. Slow readers skip views. */
  follow(signal: AbortSignal): AsyncGenerator<object, void, undefined>;
  /**
   * Does what its page asks for, in JSON that nobody has checked.
   *
   * @throws ZodError, or an error that `toProblem` knows
   */
  handle?(request: unknown): Promise<object> | object;
};

/** A part cannot be opened: a setting is wrong. */
export class PartError extends Error {
  override readonly name = 'PartError';
}

/** What a part works on. */
export type PartContext = {
  readonly store: EventStore;
  /** The URL of the store. */
  readonly url: string;
  /** Is aborted when the server closes. */
  readonly signal: AbortSignal;
};

/** The shortest time between two views, in milliseconds. */
const pauseMs = 100;

/**
 * A view at once, and after each change.
 *
 * @param changed waits for a change, or for the signal
 */
export async function* viewsOf(
  view: () => Promise<object> | object,
  changed: (signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<object, void, undefined> {
  for (let before = ''; !signal.aborted;) {
    // It listens before it looks, so that no change is missed in between.
    const change = changed(signal);
    const now = await view();
    const text = JSON.stringify(now);
    if (text !== before) yield now;
    before = text;
    await change;
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
