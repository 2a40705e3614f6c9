import { expect } from 'vitest';

import {
  InvalidRequestError,
  type EventStore,
  type ReadAllOptions,
  type RecordedEvent,
} from '../../src/event-store/event-store.ts';
import {
  each,
  event,
  expectRejection,
  firstOf,
  newStream,
  numbersOf,
  upTo,
  write,
  type Cases,
} from './contract-support.ts';

export const readingAll: Cases = {
  'returns the events of all streams with a prefix in the order of their appends': async ({ store }) => {
    const { prefix } = await alternating(store, 4);
    const events = await store.readAll({ streamPrefix: prefix });
    expect(numbersOf(events)).toEqual([0, 1, 2, 3]);
    expect(await store.readAll({ streamPrefix: `${prefix}none` })).toEqual([]);
  },

  'returns each event with the same fields as a read of its stream, and no system events': async ({ store }) => {
    const [before, stream] = [newStream(), newStream()];
    await write(store, before, 1);
    const fromPosition = (await store.readStream(before))[0]?.position ?? 0n;
    const metadata = { by: 'Alice' };
    const appended = [{ ...event('MoveMade', { column: 'D' }), metadata }, event('$odd')];
    await store.appendToStream(stream, appended, { expectedRevision: 'no_stream' });
    const events = await store.readAll({ fromPosition });
    expect(events.filter((one) => one.stream === stream)).toEqual(await store.readStream(stream));
    expect(events.filter((one) => one.stream.startsWith('$'))).toEqual([]);
  },

  'starts after the position of a handled event, whether its stream has the prefix or not': async ({ store }) => {
    const { prefix, other } = await alternating(store, 4);
    const events = await store.readAll({ streamPrefix: prefix });
    for (const [index, { position }] of events.entries()) {
      const rest = await store.readAll({ streamPrefix: prefix, fromPosition: position });
      expect(numbersOf(rest)).toEqual(upTo(4).slice(index + 1));
    }
    for (const [index, { position }] of other.entries()) {
      const rest = await store.readAll({ streamPrefix: prefix, fromPosition: position });
      expect(numbersOf(rest)).toEqual(upTo(4).slice(index + 1));
    }
  },

  'returns at most maxCount events, counting only those with the prefix': async ({ store }) => {
    const { prefix, other } = await alternating(store, 4);
    const numbers = async (options: ReadAllOptions) =>
      numbersOf(await store.readAll({ streamPrefix: prefix, ...options }));
    const [first, second] = await store.readAll({ streamPrefix: prefix, maxCount: 2 });
    expect(numbersOf([first, second] as RecordedEvent[])).toEqual([0, 1]);
    expect(await numbers({ maxCount: 1 })).toEqual([0]);
    expect(await numbers({ maxCount: 3 })).toEqual([0, 1, 2]);
    expect(await numbers({ maxCount: 100 })).toEqual([0, 1, 2, 3]);
    expect(await numbers({ fromPosition: first?.position ?? 0n, maxCount: 2 })).toEqual([1, 2]);
    expect(await numbers({ fromPosition: other[0]?.position ?? 0n, maxCount: 2 })).toEqual([1, 2]);
    expect(await numbers({ maxCount: Number.MAX_SAFE_INTEGER })).toEqual([0, 1, 2, 3]);
  },

  'page by page, returns each event once': async ({ store }) => {
    const { prefix } = await alternating(store, 7);
    const found: RecordedEvent[] = [];
    for (let page = 1; page <= 5; page += 1) {
      const last = found.at(-1);
      const from = last && { fromPosition: last.position };
      found.push(...(await store.readAll({ streamPrefix: prefix, maxCount: 2, ...from })));
    }
    expect(numbersOf(found)).toEqual(upTo(7));
  },

  'returns all events of a long log': async ({ store }) => {
    const prefix = `${newStream()}-`;
    for (let start = 0; start < 3000; start += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) => event('Counted', start + index));
      await store.appendToStream(`${prefix}${start}`, events, { expectedRevision: 'no_stream' });
    }
    expect(numbersOf(await store.readAll({ streamPrefix: prefix }))).toEqual(upTo(3000));
  },

  ...each(
    ['%', '_', '.', 'a', '🎲', "'", '\\'],
    (sign) => `takes a prefix that ends with ${sign} literally`,
    async (sign, { store }) => {
      const prefix = `${newStream()}-${sign}`;
      const others = [prefix.slice(0, -sign.length), `${prefix.slice(0, -sign.length)}A`, `x${prefix}`];
      for (const name of [prefix, ...others, `${prefix}more`]) await write(store, name, 1);
      const events = await store.readAll({ streamPrefix: prefix });
      expect(events.map(({ stream }) => stream)).toEqual([prefix, `${prefix}more`]);
    },
  ),

  ...each(
    ['a\u0000', 'a\nb', '\ud83d'],
    (streamPrefix) => `refuses ${JSON.stringify(streamPrefix)} as a prefix: no name can begin with it`,
    async (streamPrefix, { store, silenceMs }) => {
      await expectRejection(store.readAll({ streamPrefix }), InvalidRequestError);
      const attempt = firstOf(store.subscribeToAll({ streamPrefix }), 1, silenceMs);
      await expectRejection(attempt, InvalidRequestError);
    },
  ),

  ...each<ReadAllOptions>(
    [{ fromPosition: -1n }, { maxCount: 0 }, { maxCount: -1 }, { maxCount: 1.5 }, { maxCount: NaN }],
    ({ fromPosition, maxCount }) => `refuses to read from ${fromPosition ?? 'the start'}, ${maxCount ?? 'all'} events`,
    async (options, { store }) => {
      await expectRejection(store.readAll(options), InvalidRequestError);
    },
  ),
};

/** Events in two streams with a prefix, and after each of them one in another stream. */
async function alternating(store: EventStore, count: number) {
  const [prefix, other] = [`${newStream()}-`, newStream()];
  for (let number = 0; number < count; number += 1) {
    await write(store, `${prefix}${number % 2}`, 1, number);
    await write(store, other, 1, 100 + number);
  }
  return { prefix, other: await store.readStream(other) };
}
