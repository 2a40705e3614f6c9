import { setTimeout as delay } from 'node:timers/promises';

import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import { todo } from '../todo.ts';
import type { Bus, Message } from './bus.ts';
import type { PublicEvent } from './public-schema.ts';

/** Waits between two attempts. When it rejects, the relay ends before the event is published. */
export type Pause = (ms: number) => Promise<unknown>;

/**
 * Publishes what others may know, from the log: what is not stored is not published, and what is
 * stored is published at least once, in the order of the log.
 *
 * @param pause waits while the bus is away; default: in real time
 */
export function relay(store: Streams, bus: Bus, pause: Pause = delay): Subscriber {
  return {
    name: 'relay',
    streamPrefix: gamePrefix,
    handle: async (event) => {
      todo('8.3', 'read the game up to this event, and publish what others may know.');
    },
  };
}

/** The message about an event. It is the same each time: consumers recognize it by its id. */
export function messageOf(event: RecordedEvent, { type, data }: PublicEvent): Message {
  return todo('8.2', 'return a message whose id follows from the event.');
}

/**
 * Publishes a message, however long the bus is away. Later events wait, so none overtakes it.
 *
 * @throws BusError when the bus refuses the message for good
 */
export async function publishPatiently(bus: Bus, message: Message, pause: Pause): Promise<void> {
  // Exercise 8.4: while the bus is away, wait and publish the message again.
  await bus.publish(message);
}

const gamePrefix = 'game-';
