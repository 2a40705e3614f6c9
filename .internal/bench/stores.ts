import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';

import { loadGame } from '../../src/application/game-commands.ts';
import { decodeGameEvent } from '../../src/application/game-event-codec.ts';
import { fold } from '../../src/domain/index.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { compare } from './compare.ts';
import { drawnGame } from './drawn-game.ts';

/**
 * Compares the stores with the least possible work: the same inserts and reads by libsql alone, and
 * the fold alone.
 */
export async function benchStores(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = new SqliteEventStore(join(folder, 'events.db'));
  const bare = openBare(join(folder, 'bare.db'));
  const memory = new InMemoryEventStore();

  console.log('SQLite, with each append on disk before the answer, compared with libsql alone:');
  await compare({
    what: 'append one event after the other',
    times: 50,
    ours: () => appendOneByOne(store, 50),
    other: async () => {
      bare.insert(50);
    },
  });
  await compare({
    what: 'append 20 events at once',
    times: 60,
    ours: async () => {
      for (let round = 0; round < 3; round += 1) await appendAtOnce(store, 20);
    },
    other: async () => {
      bare.insert(60);
    },
  });
  await store.appendToStream('game-bench', drawnGame(), { expectedRevision: 'any' });
  bare.insertGame();
  await compare({
    what: 'read a game of 44 events',
    times: 200,
    ours: async () => {
      for (let count = 0; count < 200; count += 1) await store.readStream('game-bench');
    },
    other: () => {
      for (let count = 0; count < 200; count += 1) bare.readGame();
      return Promise.resolve();
    },
  });
  await store.close();
  bare.close();
  rmSync(folder, { recursive: true });

  console.log('In memory, compared with the fold alone:');
  await memory.appendToStream('game-bench', drawnGame(), { expectedRevision: 'any' });
  const events = (await memory.readStream('game-bench')).map(decodeGameEvent);
  await compare({
    what: 'load a game of 44 events',
    times: 500,
    ours: async () => {
      for (let count = 0; count < 500; count += 1) await loadGame(memory, 'bench');
    },
    other: () => {
      for (let count = 0; count < 500; count += 1) fold(events);
      return Promise.resolve();
    },
  });
}

const move = () => ({ id: randomUUID(), type: 'MoveMade', data: { player: 'Alice', column: 'D' } });

async function appendOneByOne(store: SqliteEventStore, count: number): Promise<void> {
  const stream = `bench-${randomUUID()}`;
  for (let revision = 0n; revision < count; revision += 1n) {
    await store.appendToStream(stream, [move()], { expectedRevision: revision === 0n ? 'no_stream' : revision - 1n });
  }
}

async function appendAtOnce(store: SqliteEventStore, count: number): Promise<void> {
  const streams = Array.from({ length: count }, () => `bench-${randomUUID()}`);
  await Promise.all(streams.map((stream) => store.appendToStream(stream, [move()], { expectedRevision: 'no_stream' })));
}

/** The same table, with libsql alone. */
function openBare(file: string) {
  const database = new Database(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(`CREATE TABLE events (
    stream TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL UNIQUE, id TEXT NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL, recorded_at TEXT NOT NULL,
    PRIMARY KEY (stream, revision)) STRICT, WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const read = database.prepare('SELECT * FROM events WHERE stream = ? ORDER BY revision');
  let position = 0;
  const write = (stream: string, revision: number, { id, type, data }: ReturnType<typeof drawnGame>[number]) =>
    insert.run(stream, revision, position++, id, type, JSON.stringify(data), '{}', new Date().toISOString());
  return {
    insert: (count: number) => {
      const stream = `bench-${randomUUID()}`;
      for (let revision = 0; revision < count; revision += 1) write(stream, revision, move());
    },
    insertGame: () => {
      for (const [revision, event] of drawnGame().entries()) write('game-bench', revision, event);
    },
    readGame: () => (read.all('game-bench') as { data: string }[]).map(({ data }) => JSON.parse(data) as unknown),
    close: () => {
      database.close();
    },
  };
}
