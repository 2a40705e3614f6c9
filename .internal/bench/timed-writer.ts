import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';

/**
 * Appends an event every 37 milliseconds until it is stopped. The data contains the time of
 * creation.
 */
export async function writeTimed(store: EventStore, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true) {
    await delay(37);
    const data = { at: performance.timeOrigin + performance.now() };
    await store.appendToStream('timed', [{ id: randomUUID(), type: 'Timed', data }], { expectedRevision: 'any' });
  }
}

// As a program, it writes to the given file until it is killed.
const [, program, file] = process.argv;
if (program === import.meta.filename && file !== undefined) await writeTimed(new SqliteEventStore(file));
