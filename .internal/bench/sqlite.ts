import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { compare } from './compare.ts';
import { drawnGame } from './drawn-game.ts';
import { library, type EmmettSqlite, type EmmettStore } from './library.ts';
import { report } from './results.ts';
import { isShort } from './short.ts';

/**
 * Compares the store with the least possible work, which is the same inserts and reads by libsql
 * alone, and with emmett's store for SQLite.
 */
export async function benchSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = new SqliteEventStore(join(folder, 'events.db'));
  const bare = openBare(join(folder, 'bare.db'));

  await compare({
    what: 'append events one by one',
    beside: 'libsql alone',
    durable: 'on disk',
    goal: 1.3,
    times: 50,
    ours: () => appendOneByOne(store, 50),
    other: () => {
      bare.insert(50);
    },
  });
  await compare({
    what: 'append in 20 games at once',
    beside: 'ours, one by one',
    durable: 'on disk',
    goal: 1 / 3,
    times: 60,
    ours: async () => {
      for (let round = 0; round < 3; round += 1) await appendAtOnce(store, 20);
    },
    other: () => appendOneByOne(store, 60),
  });
  await store.appendToStream('game-bench', drawnGame(), { expectedRevision: 'any' });
  bare.insertGame();
  await compare({
    what: 'read a game of 44 events',
    beside: 'libsql alone',
    times: 200,
    ours: async () => {
      for (let count = 0; count < 200; count += 1) await store.readStream('game-bench');
    },
    other: () => {
      for (let count = 0; count < 200; count += 1) bare.readGame();
    },
  });
  bare.close();
  await besideEmmett(store, join(folder, 'emmett.db'));
  await store.close();
  rmSync(folder, { recursive: true });
}

async function besideEmmett(store: SqliteEventStore, fileName: string): Promise<void> {
  const theirs = openEmmett(fileName);
  if (theirs === undefined) return;
  await compare({
    what: 'append events one by one',
    beside: 'emmett-sqlite',
    durable: 'on disk',
    goal: 1 / 3,
    times: 50,
    ours: () => appendOneByOne(store, 50),
    other: async () => {
      const stream = `bench-${randomUUID()}`;
      for (let count = 0; count < 50; count += 1) {
        const { type, data } = move();
        await theirs.appendToStream(stream, [{ type, data }]);
      }
    },
  });
  await theirs.appendToStream(
    'game-bench',
    drawnGame().map(({ type, data }) => ({ type, data })),
  );
  await compare({
    what: 'read a game of 44 events',
    beside: 'emmett-sqlite',
    goal: 1 / 3,
    times: 200,
    ours: async () => {
      for (let count = 0; count < 200; count += 1) await store.readStream('game-bench');
    },
    other: async () => {
      for (let count = 0; count < 200; count += 1) await theirs.readStream('game-bench');
    },
  });
}

function openEmmett(fileName: string): EmmettStore | undefined {
  if (isShort) {
    report('emmett-sqlite', {
      'not compared': 'the short form does not install its driver, which may have to be built',
    });
    return undefined;
  }
  try {
    const { getSQLiteEventStore } = library('@event-driven-io/emmett-sqlite', 'emmett-sqlite') as EmmettSqlite;
    return getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } });
  } catch (error) {
    report('emmett-sqlite', { 'not compared': `its driver cannot be installed here (${String(error)})` });
    return undefined;
  }
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
