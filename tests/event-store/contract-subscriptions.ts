import { describe, expect, test } from 'vitest';

import {
  EventStoreClosedError,
  InvalidRequestError,
  type EventStore,
  type RecordedEvent,
} from '../../src/event-store/event-store.ts';
import { event, newStream } from './contract-events.ts';

/**
 * What every event store promises to those who subscribe.
 *
 * @param theStore the one that the tests share
 * @param open opens one that a test may close
 */
export function describeSubscriptions(theStore: () => EventStore, open: () => Promise<EventStore>): void {
  /** Appends so many events, one after the other, as fast as the store takes them. Each has its number as data. */
  async function write(stream: string, count: number, from = 0): Promise<void> {
    for (let number = from; number < from + count; number += 1) {
      await theStore().appendToStream(stream, [event('Counted', number)], { expectedRevision: 'any' });
    }
  }

  describe('subscribing to a stream', () => {
    test('brings the events that are there, and then those that come', async () => {
      const stream = newStream();
      await write(stream, 3);
      const subscription = reader(theStore().subscribeToStream(stream));
      expect(numbersOf(await subscription.take(3))).toEqual([0, 1, 2]);
      const next = subscription.take(2);
      await write(stream, 2, 3);
      expect(numbersOf(await next)).toEqual([3, 4]);
      await subscription.end();
    });

    test('brings each event just as reading does', async () => {
      const stream = newStream();
      const one = { ...event('MoveMade', { column: 'D' }), metadata: { by: 'Alice' } };
      await theStore().appendToStream(stream, [one, event('Other')], { expectedRevision: 'no_stream' });
      const subscribed = await firstOf(theStore().subscribeToStream(stream), 2);
      expect(subscribed.map(toTheSecond)).toEqual((await theStore().readStream(stream)).map(toTheSecond));
    });

    test('begins at the revision that is asked for, and waits for it if it is still to come', async () => {
      const stream = newStream();
      await write(stream, 3);
      expect(numbersOf(await firstOf(theStore().subscribeToStream(stream, { fromRevision: 2n }), 1))).toEqual([2]);
      const later = firstOf(theStore().subscribeToStream(stream, { fromRevision: 4n }), 1);
      await write(stream, 2, 3);
      expect(numbersOf(await later)).toEqual([4]);
    });

    test('waits for a stream that does not exist yet', async () => {
      const stream = newStream();
      const first = firstOf(theStore().subscribeToStream(stream), 1);
      await write(stream, 1);
      expect(numbersOf(await first)).toEqual([0]);
    });

    test('leaves out the events of other streams', async () => {
      const stream = newStream();
      const two = firstOf(theStore().subscribeToStream(stream), 2);
      await write(stream, 1);
      await write(`${stream}1`, 3, 100);
      await write(stream, 1, 1);
      expect(numbersOf(await two)).toEqual([0, 1]);
    });

    test('has no gap and no duplicate when somebody writes at full speed while it goes live', async () => {
      const stream = newStream();
      const total = 600;
      await write(stream, 100);
      const writing = write(stream, total - 100, 100);
      // They begin one after the other, so that each catches up with another part of what is being written.
      const subscribers = [];
      for (let count = 0; count < 10; count += 1) {
        subscribers.push(firstOf(theStore().subscribeToStream(stream), total));
        await theStore().readStream(stream, { maxCount: 1 });
      }
      await writing;
      for (const events of await Promise.all(subscribers)) {
        expect(events.map(({ revision }) => Number(revision))).toEqual(Array.from({ length: total }, (_, at) => at));
      }
    }, 60_000);

    test('brings all of an append of many events', async () => {
      const stream = newStream();
      const subscription = reader(theStore().subscribeToStream(stream));
      for (let start = 0; start < 3000; start += 1000) {
        const events = Array.from({ length: 1000 }, (_, index) => event('Counted', start + index));
        await theStore().appendToStream(stream, events, { expectedRevision: 'any' });
      }
      expect(numbersOf(await subscription.take(3000))).toEqual(Array.from({ length: 3000 }, (_, at) => at));
      await subscription.end();
    }, 60_000);

    test('a subscriber that takes its time misses nothing, and holds up nobody', async () => {
      const stream = newStream();
      await write(stream, 1);
      const slow = reader(theStore().subscribeToStream(stream));
      expect(numbersOf(await slow.take(1))).toEqual([0]);
      await write(stream, 200, 1);
      expect(numbersOf(await firstOf(theStore().subscribeToStream(stream), 201))).toHaveLength(201);
      expect(numbersOf(await slow.take(200))).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
      await slow.end();
    });

    test.each([
      ['before it has begun', 0],
      ['when it waits for the next event', 3],
    ])('ends when it is aborted %s', async (_, count) => {
      const stream = newStream();
      await write(stream, count);
      const controller = new AbortController();
      const events: RecordedEvent[] = [];
      if (count === 0) controller.abort();
      for await (const one of theStore().subscribeToStream(stream, { signal: controller.signal })) {
        if (events.push(one) === count) abortSoon(controller);
      }
      expect(numbersOf(events)).toEqual(Array.from({ length: count }, (__, at) => at));
    });

    test('brings nothing more once it is aborted', async () => {
      const stream = newStream();
      await write(stream, 3);
      const controller = new AbortController();
      const events: RecordedEvent[] = [];
      for await (const one of theStore().subscribeToStream(stream, { signal: controller.signal })) {
        events.push(one);
        controller.abort();
      }
      expect(numbersOf(events)).toEqual([0]);
    });

    test.each([
      ['a negative revision', 'stream', -1n],
      ['an empty name', '', 0n],
    ])('refuses %s', async (_, stream, fromRevision) => {
      const attempt = firstOf(theStore().subscribeToStream(stream, { fromRevision }), 1);
      await expect(attempt).rejects.toThrow(InvalidRequestError);
    });
  });

  describe('subscribing to all streams', () => {
    test('brings the events of all streams with a prefix in the order in which they were appended', async () => {
      const prefix = `${newStream()}-`;
      await write(`${prefix}a`, 2);
      await write(newStream(), 2, 100);
      const subscription = reader(theStore().subscribeToAll({ streamPrefix: prefix }));
      const four = subscription.take(4);
      await write(`${prefix}b`, 1, 2);
      await write(`not-${prefix}`, 1, 100);
      await write(`${prefix}a`, 1, 3);
      const events = await four;
      expect(numbersOf(events)).toEqual([0, 1, 2, 3]);
      expect(events.map(({ stream }) => stream.slice(prefix.length))).toEqual(['a', 'a', 'b', 'a']);
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((one, other) => (one < other ? -1 : 1)));
      await subscription.end();
    });

    test('goes on behind the last event that somebody has handled', async () => {
      const prefix = `${newStream()}-`;
      await write(`${prefix}a`, 3);
      const [, second] = await firstOf(theStore().subscribeToAll({ streamPrefix: prefix }), 2);
      const fromPosition = (second?.position ?? 0n) + 1n;
      const rest = reader(theStore().subscribeToAll({ streamPrefix: prefix, fromPosition }));
      expect(numbersOf(await rest.take(1))).toEqual([2]);
      const next = rest.take(1);
      await write(`${prefix}b`, 1, 3);
      expect(numbersOf(await next)).toEqual([3]);
      await rest.end();
    });

    test('brings each event just as reading does, and nothing that the store keeps for itself', async () => {
      const stream = newStream();
      await write(stream, 2);
      const [first, second] = await theStore().readStream(stream);
      const fromPosition = first?.position ?? 0n;
      const found: RecordedEvent[] = [];
      for await (const one of theStore().subscribeToAll({ fromPosition })) {
        expect(one.stream).not.toMatch(/^\$/);
        found.push(one);
        if (one.id === second?.id) break;
      }
      expect(found.map(({ id }) => id)).toEqual([first?.id, second?.id]);
    });

    test('has no gap and no duplicate when many write at full speed while it goes live', async () => {
      const prefix = `${newStream()}-`;
      const [writers, each] = [5, 100];
      const writing = Array.from({ length: writers }, (_, writer) => write(`${prefix}${writer}`, each));
      const subscribers = Array.from({ length: 5 }, () =>
        firstOf(theStore().subscribeToAll({ streamPrefix: prefix }), writers * each),
      );
      await Promise.all(writing);
      const [first = [], ...others] = await Promise.all(subscribers);
      for (let writer = 0; writer < writers; writer += 1) {
        const own = first.filter(({ stream }) => stream === `${prefix}${writer}`);
        expect(numbersOf(own)).toEqual(Array.from({ length: each }, (_, at) => at));
      }
      for (const other of others) expect(other.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    }, 60_000);

    test('ends when it is aborted', async () => {
      const streamPrefix = newStream();
      const controller = new AbortController();
      abortSoon(controller);
      for await (const one of theStore().subscribeToAll({ streamPrefix, signal: controller.signal })) {
        expect.unreachable(`nobody has written ${one.stream}`);
      }
    });

    test('refuses a negative position', async () => {
      const attempt = firstOf(theStore().subscribeToAll({ fromPosition: -1n }), 1);
      await expect(attempt).rejects.toThrow(InvalidRequestError);
    });
  });

  describe('closing a store with subscribers', () => {
    test('ends each with a clear error, whether it waits or begins after it', async () => {
      const closed = await open();
      const stream = newStream();
      const waiting = [
        firstOf(closed.subscribeToStream(stream), 1),
        firstOf(closed.subscribeToAll({ streamPrefix: stream }), 1),
      ];
      const ends = Promise.allSettled(waiting);
      await closed.close();
      const late = Promise.allSettled([
        firstOf(closed.subscribeToStream(stream), 1),
        firstOf(closed.subscribeToAll(), 1),
      ]);
      for (const end of [...(await ends), ...(await late)]) {
        expect((end as PromiseRejectedResult).reason).toBeInstanceOf(EventStoreClosedError);
      }
    });
  });
}

/** The first so many events of a subscription, which is left then. */
async function firstOf(subscription: AsyncIterable<RecordedEvent>, count: number): Promise<readonly RecordedEvent[]> {
  const { take, end } = reader(subscription);
  const events = await take(count);
  await end();
  return events;
}

/** Reads a subscription in pieces. */
function reader(subscription: AsyncIterable<RecordedEvent>) {
  const iterator = subscription[Symbol.asyncIterator]();
  return {
    take: async (count: number): Promise<readonly RecordedEvent[]> => {
      const events: RecordedEvent[] = [];
      while (events.length < count) {
        const result = await iterator.next();
        if (result.done === true) throw new Error(`the subscription has ended after ${events.length} events`);
        events.push(result.value);
      }
      return events;
    },
    end: () => iterator.return?.(),
  };
}

function abortSoon(controller: AbortController): void {
  setTimeout(() => {
    controller.abort();
  }, 10);
}

/** Clients of KurrentDB are told the time of a recording to the second when they read. */
function toTheSecond({ recordedAt, ...event }: RecordedEvent) {
  return { ...event, recordedAt: Math.floor(recordedAt.getTime() / 1000) };
}

function numbersOf(events: readonly RecordedEvent[]): readonly unknown[] {
  return events.map(({ data }) => data);
}
