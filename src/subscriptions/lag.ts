import type { EventStore } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import type { Subscriber } from './subscriber.ts';

/** How far a subscriber is behind. */
export type Lag = {
  /** The number of events that it has not handled, at most 1,000. */
  readonly events: number;
  /** How long the oldest of them has been waiting, in milliseconds; 0 without any. */
  readonly ms: number;
};

/** More events are not counted. */
export const mostCounted = 1000;

/** @param now the time by the clock of the caller */
export async function lagOf(store: EventStore, subscriber: Subscriber, state: Model, now: Date): Promise<Lag> {
  const { streamPrefix } = subscriber;
  const fromPosition = state.checkpoint?.position;
  const waiting = await store.readAll({ fromPosition, streamPrefix, maxCount: mostCounted });
  const [oldest] = waiting;
  const ms = oldest === undefined ? 0 : Math.max(0, now.getTime() - oldest.recordedAt.getTime());
  return { events: waiting.length, ms };
}
