import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import { handleOrPark } from './handle-or-park.ts';
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
  const { streamPrefix } = subscriber;
  const fromPosition = state.checkpoint?.position;
  for await (const event of store.subscribeToAll({ fromPosition, streamPrefix, signal })) {
    await handleOrPark(subscriber, event, state, pause);
    state.checkpoint = event;
  }
}
