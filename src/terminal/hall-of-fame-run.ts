import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '../event-store/event-store.ts';
import { describeStore, eventStoreUrl } from '../event-store/open.ts';
import { BusUnavailableError, type Bus, type Message } from '../integration/bus.ts';
import { enteringInto, hallOfFame } from '../integration/hall-of-fame.ts';
import { keepForBus } from '../integration/keep-for-bus.ts';
import { membersIn, playingIn } from '../integration/members.ts';
import { busUrl, describeBus } from '../integration/open-bus.ts';
import { relay } from '../integration/relay.ts';
import type { KeptModel } from '../read-models/kept-model.ts';
import { leaseFileOf } from '../read-models/lease.ts';
import type { Tables } from '../read-models/model.ts';
import { SubscriberHost } from '../subscriptions/host.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import { StepOpenError } from '../todo.ts';
import { printable } from './console.ts';

/**
 * Runs the relay and the hall of fame, until Ctrl-C. They share only the bus: they could be two
 * programs.
 *
 * @throws StepOpenError when they reach a step of the exercise that is open
 */
export async function runHallOfFame(store: EventStore, bus: Bus): Promise<void> {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      ended.abort();
    });
  const open: { step?: StepOpenError } = {};
  const untilOpenStep = async (work: () => Promise<void> | void) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof StepOpenError) {
        open.step ??= error;
        ended.abort();
      }
      throw error;
    }
  };

  const { signal } = ended;
  const publishing = relay(store, telling(bus), (ms) => delay(ms, undefined, { signal }));
  const subscriber: Subscriber = { ...publishing, handle: (event) => untilOpenStep(() => publishing.handle(event)) };
  const kept = keepFor(subscriber.name);
  const leaseFile = leaseFileOf(kept.file);
  const host = new SubscriberHost(store, [{ subscriber, state: kept.model, leaseFile, isReadModel: false }]);
  const { model } = keepFor(hallOfFame);
  const enter = enteringInto(model);
  const handle = (message: Message) =>
    untilOpenStep(async () => {
      await enter(message);
      console.log(drawHall(model));
    });

  console.log(
    `Events from ${describeStore(eventStoreUrl())} are published in ${describeBus(busUrl())}. Ctrl-C ends it`,
  );
  await Promise.all([host.run(signal), bus.consume(hallOfFame, handle, { signal })]);
  kept.model.close();
  model.close();
  if (open.step !== undefined) throw open.step;
}

/** Keeps the state of a program in a file, and says if that cannot be used. */
export function keepFor(name: string): KeptModel {
  const kept = keepForBus(eventStoreUrl(), busUrl(), name);
  if (kept.trouble !== undefined) console.error(kept.trouble);
  return kept;
}

/** The same bus. It says what is published, and once when the bus is away. */
function telling(bus: Bus): Bus {
  let isAway = false;
  return {
    ...bus,
    publish: async (message) => {
      try {
        await bus.publish(message);
        isAway = false;
        console.log(`published  ${message.type} ${printable(JSON.stringify(message.data))}`);
      } catch (error) {
        if (error instanceof BusUnavailableError && !isAway) console.error(`${error.message} The relay waits.`);
        isAway ||= error instanceof BusUnavailableError;
        throw error;
      }
    },
  };
}

function drawHall(tables: Tables): string {
  const members = membersIn(tables).map(({ name, won, tied, lost }) => `${printable(name)} ${won}/${tied}/${lost}`);
  const playing = playingIn(tables).map(({ players }) => players.map(printable).join(' and '));
  const now = playing.length === 0 ? '' : ` · now playing: ${playing.join(', ')}`;
  return `hall of fame (won/tied/lost): ${members.join(', ') || 'nobody yet'}${now}`;
}
