import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import type { EventStore } from '../../event-store/event-store.ts';
import type { Bus, HandleMessage, Message } from '../../integration/bus.ts';
import { enteringInto, hallOfFame } from '../../integration/hall-of-fame.ts';
import { keepForBus } from '../../integration/keep-for-bus.ts';
import { membersIn } from '../../integration/members.ts';
import { busUrl, describeBus, InvalidBusUrlError, openBus } from '../../integration/open-bus.ts';
import { relay } from '../../integration/relay.ts';
import type { KeptModel } from '../../read-models/kept-model.ts';
import type { Tables } from '../../read-models/model.ts';
import type { Subscriber } from '../../subscriptions/subscriber.ts';
import type { PublishedMessage, PublishedView } from '../published-messages.ts';
import { PartError, viewsOf, type Part, type PartContext } from './part.ts';

/** The most messages and members that the page shows. */
const mostShown = 10;

/** How often the page looks for new messages, in milliseconds. */
const lookAgainMs = 500;

const requestSchema = z.strictObject({ tryAgain: z.literal(true) });

/** The relay of this server, and the hall of fame, which could be another program. */
export type Integration = { readonly part: Part; readonly relay: Subscriber; readonly state: KeptModel };

/**
 * Opens the bus, and begins to consume.
 *
 * @throws PartError when EVENT_BUS is wrong
 */
export async function openIntegration({ store, url, signal }: PartContext): Promise<Integration> {
  const place = busUrl();
  const bus = await openBus(place).catch((error: unknown) => {
    throw error instanceof InvalidBusUrlError ? new PartError(`EVENT_BUS: ${error.message}`) : error;
  });
  const published: Message[] = [];
  const { model } = keepForBus(url, place, hallOfFame);
  const enter = enteringInto(model);
  bus.consume(hallOfFame, enter, { signal }).catch((error: unknown) => {
    console.error('The hall of fame cannot go on:', error);
  });
  signal.addEventListener('abort', () => void bus.close());
  return {
    part: publishedPart({ store, bus, busName: describeBus(place), published, members: model, enter }),
    relay: relay(store, recordingBus(bus, published), (ms) => delay(ms, undefined, { signal })),
    state: keepForBus(url, place, 'relay'),
  };
}

type PublishedOptions = {
  readonly store: EventStore;
  readonly bus: Bus;
  /** Where the bus is, for people. */
  readonly busName: string;
  /** What this server has published, the oldest first. */
  readonly published: readonly Message[];
  /** The rows of the hall of fame, and what it does with a message. */
  readonly members: Tables;
  readonly enter: HandleMessage;
};

/** What other programs learn, beside the events that caused it. */
function publishedPart({ store, bus, busName, published, members, enter }: PublishedOptions): Part {
  const view = async (): Promise<PublishedView> => {
    const parked = await bus.parked(hallOfFame).catch(() => []); // the bus may be away
    return {
      bus: busName,
      messages: await Promise.all(
        published
          .slice(-mostShown)
          .reverse()
          .map((message) => withEvents(store, message)),
      ),
      members: membersIn(members).slice(0, mostShown),
      parked: parked.map(({ message: { id, type }, reason }) => ({ id, type, reason })),
    };
  };
  const pause = (signal: AbortSignal) => delay(lookAgainMs, undefined, { signal }).catch(() => undefined);
  return {
    name: 'published',
    follow: (signal) => viewsOf(view, pause, signal),
    handle: async (request) => {
      requestSchema.parse(request);
      return { handled: await bus.retryParked(hallOfFame, enter) };
    },
  };
}

/** The same bus. Each message that it has taken is added to the list. */
function recordingBus(bus: Bus, published: Message[]): Bus {
  return {
    publish: async (message) => {
      await bus.publish(message);
      published.push(message);
      if (published.length > mostShown) published.shift();
    },
    consume: (consumer, handle, options) => bus.consume(consumer, handle, options),
    parked: (consumer) => bus.parked(consumer),
    retryParked: (consumer, handle) => bus.retryParked(consumer, handle),
    close: () => bus.close(),
  };
}

async function withEvents(store: EventStore, { id, key, type, data, metadata }: Message): Promise<PublishedMessage> {
  const events = await store.readStream(`game-${key}`);
  const cause = events.findIndex((event) => event.id === metadata.causationId);
  const shown = events.slice(Math.max(0, cause - 3), cause + 1);
  return {
    id,
    key,
    type,
    data,
    events: shown.map((event) => {
      return { revision: Number(event.revision), type: event.type, isCause: event.id === metadata.causationId };
    }),
  };
}
