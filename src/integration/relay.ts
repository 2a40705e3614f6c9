import { setTimeout as delay } from 'node:timers/promises';

import { v5 as uuidFrom } from 'uuid';

import { causeOf } from '../application/cause.ts';
import { decodeGameEvent } from '../application/game-event-codec.ts';
import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import { BusUnavailableError, type Bus, type Message } from './bus.ts';
import { publicEventOf } from './public-events.ts';
import type { PublicEvent } from './public-schema.ts';

/** The first pause while the bus is away, and the longest one, in milliseconds. */
const firstPauseMs = 100;
const longestPauseMs = 60_000;

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
      // The game may have gone on since.
      const history = (await store.readStream(event.stream)).filter(({ revision }) => revision <= event.revision);
      const publicEvent = publicEventOf(event.stream.slice(gamePrefix.length), history.map(decodeGameEvent));
      if (publicEvent !== undefined) await publishPatiently(bus, messageOf(event, publicEvent), pause);
    },
  };
}

/** The message about an event. It is the same each time: consumers recognize it by its id. */
export function messageOf(event: RecordedEvent, { type, data }: PublicEvent): Message {
  return { id: uuidFrom(type, event.id), key: data.gameId, type, data, metadata: causeOf(event) };
}

/**
 * Publishes a message, however long the bus is away. Later events wait, so none overtakes it.
 *
 * @throws BusError when the bus refuses the message for good
 */
export async function publishPatiently(bus: Bus, message: Message, pause: Pause): Promise<void> {
  for (let ms = firstPauseMs; ; ms = Math.min(2 * ms, longestPauseMs)) {
    try {
      await bus.publish(message);
      return;
    } catch (error) {
      if (!(error instanceof BusUnavailableError)) throw error;
    }
    await pause(ms);
  }
}

const gamePrefix = 'game-';
