import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { reportTimes } from './results.ts';
import { writeTimed } from './timed-writer.ts';

/**
 * Measures the way from an append to a subscriber of the same file, in this process and from
 * another one.
 */
export async function benchSubscriptions(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'events.db');
  const store = new SqliteEventStore(file);

  const stop = new AbortController();
  const writing = writeTimed(store, stop.signal);
  reportTimes('from an append to a subscriber, same process', await timesOf(store));
  stop.abort();
  await writing;

  const program = join(import.meta.dirname, 'timed-writer.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, file], { stdio: 'inherit' });
  reportTimes('from an append to a subscriber, other process', await timesOf(store));
  child.kill('SIGKILL');
  await store.close();
  rmSync(folder, { recursive: true });
}

/** The age of the next hundred events on arrival. */
async function timesOf(store: EventStore): Promise<readonly number[]> {
  const fromRevision = BigInt((await store.readStream('timed')).length);
  const times: number[] = [];
  for await (const { data } of store.subscribeToStream('timed', { fromRevision })) {
    times.push(performance.timeOrigin + performance.now() - (data as { at: number }).at);
    if (times.length === 100) break;
  }
  return times;
}
