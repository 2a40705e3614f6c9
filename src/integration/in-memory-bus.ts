import { EventEmitter, once } from 'node:events';

import { BusClosedError, type Bus, type ParkedMessage } from './bus.ts';
import { checkConsumer, fromText, toText } from './bus-rules.ts';
import { deliver, deliverParked } from './deliver.ts';

/** A consumer's place in the log, its parked messages, and the end of its last program. */
type Place = { next: number; readonly parked: Map<string, ParkedMessage>; worked: Promise<unknown> };

/** A bus in memory, for tests and demos. Its messages are gone when the process ends. */
export function inMemoryBus(): Bus {
  const log: string[] = [];
  const places = new Map<string, Place>();
  const published = new EventEmitter().setMaxListeners(0);
  const closed = new AbortController();

  function placeOf(consumer: string): Place {
    if (closed.signal.aborted) throw new BusClosedError();
    checkConsumer(consumer);
    const place = places.get(consumer) ?? { next: 0, parked: new Map(), worked: Promise.resolve() };
    places.set(consumer, place);
    return place;
  }

  return {
    async publish(message) {
      if (closed.signal.aborted) throw new BusClosedError();
      log.push(toText(message));
      published.emit('message');
    },

    async consume(consumer, handle, options) {
      const place = placeOf(consumer);
      const signal = AbortSignal.any([options.signal, closed.signal]);
      await inTurn(place, signal, async () => {
        while (!signal.aborted) {
          const text = log[place.next];
          if (text === undefined) await once(published, 'message', { signal }).catch(() => undefined);
          else if (await deliver(fromText(text), handle, { ...options, signal }, keeping(place))) {
            place.next += 1;
          }
        }
      });
    },

    async parked(consumer) {
      return [...placeOf(consumer).parked.values()];
    },

    async retryParked(consumer, handle) {
      const place = placeOf(consumer);
      return deliverParked([...place.parked.values()], handle, keeping(place), ({ id }) => {
        place.parked.delete(id);
      });
    },

    async close() {
      closed.abort();
    },
  };
}

function keeping({ parked }: Place) {
  return (one: ParkedMessage) => {
    parked.set(one.message.id, one);
  };
}

/** Works as soon as all earlier programs have ended, or not at all if the signal is faster. */
async function inTurn(place: Place, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (signal.aborted) return;
  const before = place.worked;
  const ended = once(signal, 'abort');
  const turn = Promise.race([before, ended]).then(() => work());
  place.worked = Promise.allSettled([before, turn]);
  await turn;
}
