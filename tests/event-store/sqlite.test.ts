import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test, vi } from 'vitest';

import { SqliteEventStore } from '../../src/event-store/sqlite.ts';
import { event } from './contract-events.ts';
import { describeEventStore } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeEventStore('the SQLite adapter', () => Promise.resolve(new SqliteEventStore(join(folder, 'events.db'))));

test('a subscriber is woken at once by another store of the same process, without a look at the file', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] }); // nobody looks
  const file = join(folder, 'shared.db');
  const [reader, writer] = [new SqliteEventStore(file), new SqliteEventStore(file)];
  const iterator = reader.subscribeToStream('shared');
  const first = iterator.next();
  await new Promise((resolve) => setTimeout(resolve, 20)); // it has read, and waits
  await writer.appendToStream('shared', [event('first')], { expectedRevision: 'no_stream' });
  expect((await first).value).toMatchObject({ type: 'first', revision: 0n });
  vi.useRealTimers();
  await iterator.return();
  await Promise.all([reader.close(), writer.close()]);
});
