import { expect } from 'vitest';

import { EventStoreClosedError, InvalidRequestError, type RecordedEvent } from '../../src/event-store/event-store.ts';
import {
  each,
  event,
  expectRejection,
  firstOf,
  newStream,
  numbersOf,
  reader,
  upTo,
  within,
  write,
  type Cases,
} from './contract-support.ts';

export const subscribing: Cases = {
  'delivers the stored events, and then each new one': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 3);
    const subscription = reader(store.subscribeToStream(stream), silenceMs);
    expect(numbersOf(await subscription.take(3))).toEqual([0, 1, 2]);
    const next = subscription.take(2);
    await write(store, stream, 2, 3);
    expect(numbersOf(await next)).toEqual([3, 4]);
    await subscription.end();
  },

  'delivers each event with the same fields as a read': async ({ store, silenceMs }) => {
    const stream = newStream();
    const one = { ...event('MoveMade', { column: 'D' }), metadata: { by: 'Alice' } };
    await store.appendToStream(stream, [one, event('Other')], { expectedRevision: 'no_stream' });
    const subscribed = await firstOf(store.subscribeToStream(stream), 2, silenceMs);
    expect(subscribed.map(toTheSecond)).toEqual((await store.readStream(stream)).map(toTheSecond));
  },

  'starts at a given revision, which need not exist yet': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 3);
    expect(numbersOf(await firstOf(store.subscribeToStream(stream, { fromRevision: 2n }), 1, silenceMs))).toEqual([2]);
    const later = firstOf(store.subscribeToStream(stream, { fromRevision: 4n }), 1, silenceMs);
    await write(store, stream, 2, 3);
    expect(numbersOf(await later)).toEqual([4]);
  },

  'waits for a stream that does not exist yet': async ({ store, silenceMs }) => {
    const stream = newStream();
    const first = firstOf(store.subscribeToStream(stream), 1, silenceMs);
    await write(store, stream, 1);
    expect(numbersOf(await first)).toEqual([0]);
  },

  'leaves out the events of other streams': async ({ store, silenceMs }) => {
    const stream = newStream();
    const two = firstOf(store.subscribeToStream(stream), 2, silenceMs);
    await write(store, stream, 1);
    await write(store, `${stream}1`, 3, 100);
    await write(store, stream, 1, 1);
    expect(numbersOf(await two)).toEqual([0, 1]);
  },

  'has no gap and no duplicate when it goes live during fast writes': async ({ store, silenceMs }) => {
    const stream = newStream();
    const total = 600;
    await write(store, stream, 100);
    const writing = write(store, stream, total - 100, 100);
    // They start one after the other, so that each one goes live at another point of the writes.
    const subscribers = [];
    for (let count = 0; count < 10; count += 1) {
      subscribers.push(firstOf(store.subscribeToStream(stream), total, silenceMs));
      await store.readStream(stream, { maxCount: 1 });
    }
    await writing;
    for (const events of await Promise.all(subscribers)) {
      expect(events.map(({ revision }) => Number(revision))).toEqual(upTo(total));
    }
  },

  'delivers all events of large appends': async ({ store, silenceMs }) => {
    const stream = newStream();
    const subscription = reader(store.subscribeToStream(stream), silenceMs);
    for (let start = 0; start < 3000; start += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) => event('Counted', start + index));
      await store.appendToStream(stream, events, { expectedRevision: 'any' });
    }
    expect(numbersOf(await subscription.take(3000))).toEqual(upTo(3000));
    await subscription.end();
  },

  'a slow subscriber misses nothing and does not block others': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 1);
    const slow = reader(store.subscribeToStream(stream), silenceMs);
    expect(numbersOf(await slow.take(1))).toEqual([0]);
    await write(store, stream, 200, 1);
    expect(numbersOf(await firstOf(store.subscribeToStream(stream), 201, silenceMs))).toHaveLength(201);
    expect(numbersOf(await slow.take(200))).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    await slow.end();
  },

  ...each<readonly [string, number]>(
    [
      ['before it begins', 0],
      ['while it waits for the next event', 3],
    ],
    ([when]) => `ends when it is aborted ${when}`,
    async ([, count], { store, silenceMs }) => {
      const stream = newStream();
      await write(store, stream, count);
      const controller = new AbortController();
      if (count === 0) controller.abort();
      const iterator = store.subscribeToStream(stream, { signal: controller.signal })[Symbol.asyncIterator]();
      for (let number = 0; number < count; number += 1) {
        expect(await within(silenceMs, iterator.next(), 'an event')).toMatchObject({ value: { data: number } });
      }
      const end = iterator.next();
      controller.abort();
      expect(await within(silenceMs, end, 'the end')).toMatchObject({ done: true });
    },
  ),

  'ends when return() is called while it waits for the next event': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 1);
    for (const subscription of [store.subscribeToStream(stream), store.subscribeToAll({ streamPrefix: stream })]) {
      const iterator = subscription[Symbol.asyncIterator]();
      await within(silenceMs, iterator.next(), 'the first event');
      const pending = iterator.next();
      await within(silenceMs, Promise.resolve(iterator.return?.()), 'the end');
      expect(await within(silenceMs, pending, 'the end')).toMatchObject({ done: true });
    }
  },

  'delivers no more events after it is aborted': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 3);
    const controller = new AbortController();
    const events: RecordedEvent[] = [];
    for await (const one of store.subscribeToStream(stream, { signal: controller.signal })) {
      events.push(one);
      controller.abort();
    }
    expect(numbersOf(events)).toEqual([0]);
  },

  ...each<readonly [string, string, bigint]>(
    [
      ['a negative revision', 'stream', -1n],
      ['an empty name', '', 0n],
    ],
    ([what]) => `refuses ${what}`,
    async ([, stream, fromRevision], { store, silenceMs }) => {
      const attempt = firstOf(store.subscribeToStream(stream, { fromRevision }), 1, silenceMs);
      await expectRejection(attempt, InvalidRequestError);
    },
  ),
};

export const subscribingToAll: Cases = {
  'delivers the events of all streams with a prefix in the order of their appends': async ({ store, silenceMs }) => {
    const prefix = `${newStream()}-`;
    await write(store, `${prefix}a`, 2);
    await write(store, newStream(), 2, 100);
    const subscription = reader(store.subscribeToAll({ streamPrefix: prefix }), silenceMs);
    const four = subscription.take(4);
    await write(store, `${prefix}b`, 1, 2);
    await write(store, `not-${prefix}`, 1, 100);
    await write(store, `${prefix}a`, 1, 3);
    const events = await four;
    expect(numbersOf(events)).toEqual([0, 1, 2, 3]);
    expect(events.map(({ stream }) => stream.slice(prefix.length))).toEqual(['a', 'a', 'b', 'a']);
    const positions = events.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((one, other) => (one < other ? -1 : 1)));
    await subscription.end();
  },

  'starts after the position of a handled event': async ({ store, silenceMs }) => {
    const prefix = `${newStream()}-`;
    await write(store, `${prefix}a`, 3);
    const [, second] = await firstOf(store.subscribeToAll({ streamPrefix: prefix }), 2, silenceMs);
    const fromPosition = second?.position ?? 0n;
    const rest = reader(store.subscribeToAll({ streamPrefix: prefix, fromPosition }), silenceMs);
    expect(numbersOf(await rest.take(1))).toEqual([2]);
    const next = rest.take(1);
    await write(store, `${prefix}b`, 1, 3);
    expect(numbersOf(await next)).toEqual([3]);
    await rest.end();
  },

  'can start after each event, and delivers all later events': async ({ store, silenceMs }) => {
    const prefix = `${newStream()}-`;
    for (let number = 0; number < 6; number += 1) await write(store, `${prefix}${number % 2}`, 1, number);
    const all = await firstOf(store.subscribeToAll({ streamPrefix: prefix }), 6, silenceMs);
    for (const [index, { position }] of all.slice(0, -1).entries()) {
      const rest = store.subscribeToAll({ streamPrefix: prefix, fromPosition: position });
      const events = await firstOf(rest, all.length - index - 1, silenceMs);
      expect(events.map(({ id }) => id)).toEqual(all.slice(index + 1).map(({ id }) => id));
    }
  },

  'delivers each event with the same fields as a read, and no system events': async ({ store, silenceMs }) => {
    const stream = newStream();
    await write(store, stream, 1);
    const [before] = await store.readStream(stream);
    await write(store, stream, 1, 1);
    await store.appendToStream(stream, [event('$odd'), event('last')], { expectedRevision: 1n });
    const read = await store.readStream(stream, { fromRevision: 1n });
    const found: RecordedEvent[] = [];
    const subscription = reader(store.subscribeToAll({ fromPosition: before?.position ?? 0n }), silenceMs);
    while (found.at(-1)?.type !== 'last') {
      const [one] = await subscription.take(1);
      expect(one?.stream).not.toMatch(/^\$/);
      if (one?.stream === stream) found.push(one);
    }
    await subscription.end();
    expect(found.map(toTheSecond)).toEqual(read.map(toTheSecond));
  },

  'has no gap and no duplicate when it goes live during writes of several writers': async ({ store, silenceMs }) => {
    const prefix = `${newStream()}-`;
    const [writers, each] = [5, 100];
    const writing = Array.from({ length: writers }, (_, writer) => write(store, `${prefix}${writer}`, each));
    const subscribers = Array.from({ length: 5 }, () =>
      firstOf(store.subscribeToAll({ streamPrefix: prefix }), writers * each, silenceMs),
    );
    await Promise.all(writing);
    const [first = [], ...others] = await Promise.all(subscribers);
    for (let writer = 0; writer < writers; writer += 1) {
      const own = first.filter(({ stream }) => stream === `${prefix}${writer}`);
      expect(numbersOf(own)).toEqual(upTo(each));
    }
    for (const other of others) expect(other.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  },

  'ends when it is aborted': async ({ store, silenceMs }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const iterator = store.subscribeToAll({ streamPrefix: newStream(), signal })[Symbol.asyncIterator]();
    const end = iterator.next();
    controller.abort();
    expect(await within(silenceMs, end, 'the end')).toMatchObject({ done: true });
  },

  'refuses a negative position': async ({ store, silenceMs }) => {
    const attempt = firstOf(store.subscribeToAll({ fromPosition: -1n }), 1, silenceMs);
    await expectRejection(attempt, InvalidRequestError);
  },
};

export const closing: Cases = {
  'every later call fails with a clear error, except close': async ({ open }) => {
    const closed = await open();
    await closed.close();
    await expectRejection(closed.readStream(newStream()), EventStoreClosedError);
    await expectRejection(closed.readAll(), EventStoreClosedError);
    const append = closed.appendToStream(newStream(), [event()], { expectedRevision: 'any' });
    await expectRejection(append, EventStoreClosedError);
    await closed.close();
  },

  'every subscription ends with a clear error, whether it waits or starts later': async ({ open, silenceMs }) => {
    const closed = await open();
    const stream = newStream();
    const waiting = [
      firstOf(closed.subscribeToStream(stream), 1, silenceMs),
      firstOf(closed.subscribeToAll({ streamPrefix: stream }), 1, silenceMs),
    ];
    const ends = Promise.allSettled(waiting);
    await closed.close();
    const late = Promise.allSettled([
      firstOf(closed.subscribeToStream(stream), 1, silenceMs),
      firstOf(closed.subscribeToAll(), 1, silenceMs),
    ]);
    for (const end of [...(await ends), ...(await late)]) {
      expect(end).toMatchObject({ status: 'rejected', reason: { name: 'EventStoreClosedError' } });
    }
  },
};

/** When it reads, the KurrentDB client rounds the recording time to a second. */
function toTheSecond({ recordedAt, ...recorded }: RecordedEvent) {
  return { ...recorded, recordedAt: Math.floor(recordedAt.getTime() / 1000) };
}
