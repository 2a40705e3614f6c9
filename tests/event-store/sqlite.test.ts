import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { afterAll, expect, test } from 'vitest';

import { StorageError, WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { describeEventStore } from './contract.ts';
import { event, firstOf } from './contract-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeEventStore('the SQLite adapter', () => Promise.resolve(new SqliteEventStore(join(folder, 'events.db'))));

test('a subscriber receives events that another store writes to the same file', async () => {
  const file = join(folder, 'shared.db');
  const [reader, writer] = [new SqliteEventStore(file), new SqliteEventStore(file)];
  const first = firstOf(reader.subscribeToStream('shared'), 1, 30_000);
  await writer.appendToStream('shared', [event('first')], { expectedRevision: 'no_stream' });
  expect(await first).toMatchObject([{ type: 'first', revision: 0n }]);
  await Promise.all([reader.close(), writer.close()]);
});

test('concurrent appends are checked one by one', async () => {
  const store = new SqliteEventStore(join(folder, 'together.db'));
  const outcomes = await Promise.allSettled([
    store.appendToStream('a', [event('one')], { expectedRevision: 'no_stream' }),
    store.appendToStream('a', [event('two')], { expectedRevision: 'no_stream' }),
    store.appendToStream('a', [event('three'), event('four')], { expectedRevision: 0n }),
    store.appendToStream('b', [event('five')], { expectedRevision: 'any' }),
  ]);
  expect(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as unknown))),
  ).toEqual([0n, expect.any(WrongExpectedRevisionError), 2n, 0n]);
  expect((await store.readStream('a')).map(({ type }) => type)).toEqual(['one', 'three', 'four']);
  await store.close();
});

test('a pending append is stored when the store is closed', async () => {
  const file = join(folder, 'closed.db');
  const store = new SqliteEventStore(file);
  const append = store.appendToStream('a', [event('one')], { expectedRevision: 'no_stream' });
  await store.close();
  expect(await append).toBe(0n);
  const again = new SqliteEventStore(file);
  expect(await again.readStream('a')).toHaveLength(1);
  await again.close();
});

test('a database of the same version with other tables is refused', () => {
  const file = join(folder, 'other.db');
  const other = new Database(file);
  other.exec('CREATE TABLE notes (text TEXT); PRAGMA user_version = 1');
  other.close();
  expect(() => new SqliteEventStore(file)).toThrow(StorageError);
});

test('an append may hold 200,000 events', async () => {
  const store = new SqliteEventStore(join(folder, 'large.db'));
  const events = Array.from({ length: 200_000 }, () => event());
  expect(await store.appendToStream('large', events, { expectedRevision: 'no_stream' })).toBe(199_999n);
  await store.close();
});
