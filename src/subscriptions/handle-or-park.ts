import type { RecordedEvent } from '../event-store/event-store.ts';
import type { Model } from '../read-models/model.ts';
import { park } from './parked.ts';
import { isOutage, type Subscriber } from './subscriber.ts';

/** How often an event is tried before it is parked. */
const maxAttempts = 4;

/** The pause after the first failed attempt, in milliseconds. Each next pause is twice as long. */
const firstPauseMs = 50;

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
  for (let attempt = 1; ; attempt += 1) {
    try {
      await subscriber.handle(event);
      return;
    } catch (error) {
      if (isOutage(error)) throw error;
      if (attempt === maxAttempts) {
        park(state, event, error);
        return;
      }
      await pause(firstPauseMs * 2 ** (attempt - 1));
    }
  }
}
