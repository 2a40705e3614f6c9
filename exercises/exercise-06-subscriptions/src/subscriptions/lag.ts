import type { EventStore } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import { todo } from '../todo.ts';
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
  return todo('6.8', 'count the events after the checkpoint, and say how long the oldest of them has been waiting.');
}
