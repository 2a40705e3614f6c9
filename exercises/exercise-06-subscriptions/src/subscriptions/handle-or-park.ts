import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import { todo } from '../todo.ts';
import type { Subscriber } from './subscriber.ts';

/**
 * Handles an event. After several failed attempts it is parked, so that it does not stop others.
 *
 * @param pause waits between two attempts
 * @throws an error that `isOutage` knows
 */
export async function handleOrPark(
  subscriber: Subscriber,
  event: RecordedEvent,
  state: Model,
  pause: (ms: number) => Promise<unknown>,
): Promise<void> {
  todo('6.5', 'try the event again a few times, and park it when that does not help.');
}
