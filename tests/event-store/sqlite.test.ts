import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll } from 'vitest';

import { SqliteEventStore } from '../../src/event-store/sqlite.ts';
import { describeEventStore } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-store-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeEventStore('the SQLite adapter', () => Promise.resolve(new SqliteEventStore(join(folder, 'events.db'))));
