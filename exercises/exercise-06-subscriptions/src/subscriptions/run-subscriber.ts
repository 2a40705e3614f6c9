import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import { todo } from '../todo.ts';
import type { Subscriber } from './subscriber.ts';

export type RunOptions = {
  /** Ends the subscription when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Waits between two attempts; default: in real time. */
  readonly pause?: (ms: number) => Promise<unknown>;
};

/**
 * Handles all events after the checkpoint: first the stored ones, then each new one. The checkpoint
 * is stored after the work, so that no event is lost. After a crash, the last event may come again.
 *
 * @param state where the checkpoint and the parked events are kept
 */
export async function runSubscriber(
  store: EventStore,
  subscriber: Subscriber,
  state: Model,
  { signal, pause = delay }: RunOptions = {},
): Promise<void> {
  // Exercise 6.2: store the checkpoint, so that no event is lost wherever the program ends.
  // Exercise 6.5, later: an event that cannot be handled does not stop the others.
  todo('6.1', 'handle each event after the checkpoint.');
}
