import { expect, test } from 'vitest';

import { InvalidRequestError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { assertOwnCheckpoint } from '../../src/read-models/own-checkpoint.ts';
import { openModel } from '../../src/read-models/model.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { describeEventStore } from '../event-store/contract.ts';
import { withGaps } from '../support/logs.ts';
import { mixedLog, mixedStreams } from '../support/mixed-logs.ts';
import { asNew } from '../support/old-versions.ts';
import { faultyStore } from '../support/stores.ts';

describeEventStore('a store in memory, as today', async () => asToday(new InMemoryEventStore()));
describeEventStore('a SQLite store, as today', async () => asToday(new SqliteEventStore(':memory:')));

const stores: readonly [name: string, open: () => Promise<EventStore>][] = [
  ['in memory', mixedLog],
  ['that refuses positions without an event', async () => withGaps(await mixedLog())],
];

test.each(stores)(
  'a log is read on behind each position that was seen, also in the middle of a pair (%s)',
  async (_, open) => {
    const store = asToday(await open());
    const all = await store.readAll();
    expect(all.map(placeOf)).toEqual([...new Set(all.map(placeOf))]);
    for (const [index, { position }] of all.entries()) {
      for (const maxCount of [1, 2, 3, 500]) {
        const found = await store.readAll({ fromPosition: position, maxCount });
        expect(found.map(placeOf)).toEqual(all.slice(index + 1, index + 1 + maxCount).map(placeOf));
      }
      const subscribed: RecordedEvent[] = [];
      if (index + 1 < all.length)
        for await (const event of store.subscribeToAll({ fromPosition: position }))
          if (subscribed.push(event) === all.length - index - 1) break;
      expect(subscribed.map(placeOf)).toEqual(all.slice(index + 1).map(placeOf));
    }
  },
);

test('the log is the same as the streams, with the positions in order', async () => {
  const store = asToday(await mixedLog());
  const all = await store.readAll();
  expect(all.map(({ position }) => position)).toEqual(
    all.map(({ position }) => position).toSorted((a, b) => Number(a - b)),
  );
  for (const stream of Object.keys(mixedStreams)) {
    expect(all.filter((event) => event.stream === stream)).toEqual(await store.readStream(stream));
  }
});

test('a subscription to a stream delivers both halves of a pair, and what is appended later', async () => {
  const raw = new InMemoryEventStore();
  const store = asToday(raw);
  const [start, pair] = asNew(mixedStreams['game-mixed'] ?? []);
  if (start === undefined || pair === undefined) throw new Error('There is no pair.');
  await raw.appendToStream('game-x', [start], { expectedRevision: 'no_stream' });
  const seen: string[] = [];
  for await (const { revision, type, data } of store.subscribeToStream('game-x')) {
    if (seen.push(`${revision} ${type} ${JSON.stringify(data)}`) === 1)
      await raw.appendToStream('game-x', [pair], { expectedRevision: 0n });
    if (seen.length === 3) break;
  }
  expect(seen.slice(1)).toEqual([
    '1 MoveMade {"player":"red","column":"D"}',
    '1 MoveMade {"player":"Ann","column":"D"}',
  ]);
});

test('each half of a pair may be the checkpoint of a read model', async () => {
  const store = asToday(await mixedLog());
  const model = openModel(':memory:');
  for (const event of await store.readAll()) {
    model.checkpoint = event;
    await assertOwnCheckpoint(store, 'test', model);
  }
});

test('games of today cost one read, and the log reads a stream with old events once', async () => {
  const { store, order } = faultyStore(await mixedLog());
  const today = asToday(store);
  await today.readStream('game-new');
  expect(order).toEqual(['read']);
  await today.readAll();
  expect(order).toEqual(['read', 'read', 'read']); // the two games with old events
});

test('a position that no store can have is refused', async () => {
  await expect(asToday(await mixedLog()).readAll({ fromPosition: -1n })).rejects.toThrow(InvalidRequestError);
});

test('reading changes no stored event', async () => {
  const raw = await mixedLog();
  const before = JSON.stringify(await raw.readAll(), (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const store = asToday(raw);
  for (const stream of Object.keys(mixedStreams)) await store.readStream(stream);
  await store.readAll();
  expect(
    JSON.stringify(await raw.readAll(), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ).toBe(before);
});

function placeOf({ stream, revision, position, id }: RecordedEvent): string {
  return `${stream} ${revision} ${position} ${id}`;
}
