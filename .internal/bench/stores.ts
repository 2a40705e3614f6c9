import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadGame } from '../../src/application/game-commands.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { compare } from './compare.ts';

const move = () => ({ id: randomUUID(), type: 'MoveMade', data: { player: 'Alice', column: 'D' } });

/** The store in a file, beside the one in memory: what it costs that nothing is lost. */
export async function benchStores(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = new SqliteEventStore(join(folder, 'events.db'));
  const memory = new InMemoryEventStore();
  console.log('The store in a file, beside the one in memory:');

  await compare({
    what: 'append one event after the other',
    times: 200,
    ours: () => appendOneByOne(file),
    other: () => appendOneByOne(memory),
  });
  for (const store of [file, memory]) {
    await store.appendToStream('game-bench', Array.from({ length: 44 }, move), { expectedRevision: 'any' });
  }
  await compare({
    what: 'load a game of 44 events',
    times: 200,
    ours: () => loadOften(file),
    other: () => loadOften(memory),
  });
  await file.close();
  rmSync(folder, { recursive: true });
}

async function appendOneByOne(store: EventStore): Promise<void> {
  const stream = `bench-${randomUUID()}`;
  for (let count = 0; count < 200; count += 1)
    await store.appendToStream(stream, [move()], { expectedRevision: 'any' });
}

async function loadOften(store: EventStore): Promise<void> {
  for (let count = 0; count < 200; count += 1) await loadGame(store, 'bench');
}
