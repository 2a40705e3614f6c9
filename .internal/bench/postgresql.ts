import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import { PostgresqlEventStore } from '../../src/event-store/postgresql/postgresql-event-store.ts';
import { installedPrograms, startPostgresql } from '../postgresql/server.ts';
import { inFolder } from '../torture/folder.ts';
import { compare } from './compare.ts';
import { drawnGame } from './drawn-game.ts';
import { library, type EmmettPostgresql, type EmmettStore } from './library.ts';
import { addCount, report } from './results.ts';
import { atMost } from './short.ts';

/** How many games are started by ten at once. */
const races = atMost(200, 20);

/** Compares the store with `pg` alone and with emmett's store, on a server of its own. */
export async function benchPostgresql(): Promise<void> {
  const { getPostgreSQLEventStore } = library('@event-driven-io/emmett-postgresql') as EmmettPostgresql;
  await onPostgresql(async (url) => {
    const store = new PostgresqlEventStore(url);
    const theirs = getPostgreSQLEventStore(url);
    await startTwice(store, theirs);
    await benchAppends(store, theirs, url);
    await benchReads(store, theirs);
    await store.close();
    await theirs.close?.();
    await delay(500); // their connections end a little later
  });
}

/** Does work on a server of its own, if PostgreSQL is installed. */
export async function onPostgresql(work: (url: string) => Promise<void>): Promise<void> {
  const programs = installedPrograms();
  if (programs === undefined) {
    report('PostgreSQL', { 'not measured': 'it is not installed here' });
    return;
  }
  await inFolder(async (folder) => {
    const server = await startPostgresql({ programs, folder, port: 0 });
    await work(server.url);
    await server.stop();
  });
}

/** Ten programs start the same game. One may succeed. */
async function startTwice(store: PostgresqlEventStore, theirs: EmmettStore): Promise<void> {
  const { STREAM_DOES_NOT_EXIST } = library('@event-driven-io/emmett') as { STREAM_DOES_NOT_EXIST: unknown };
  const event = () => ({ id: randomUUID(), ...move });
  addCount({
    what: `a game that ten start at once`,
    tried: races,
    wrong: await gamesStartedTwice((stream) =>
      store.appendToStream(stream, [event()], { expectedRevision: 'no_stream' }),
    ),
  });
  const wrong = await gamesStartedTwice((stream) =>
    theirs.appendToStream(stream, [{ ...move }], { expectedStreamVersion: STREAM_DOES_NOT_EXIST }),
  );
  report('the same with emmett-postgresql', { 'started by more than one': `${wrong} of ${races}` });
}

async function gamesStartedTwice(start: (stream: string) => Promise<unknown>): Promise<number> {
  let twice = 0;
  for (let race = 0; race < races; race += 1) {
    const stream = `race-${randomUUID()}`;
    const starts = await Promise.allSettled(Array.from({ length: 10 }, () => start(stream)));
    if (starts.filter(({ status }) => status === 'fulfilled').length !== 1) twice += 1;
  }
  return twice;
}

async function benchAppends(store: PostgresqlEventStore, theirs: EmmettStore, url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(
    'CREATE TABLE bare (position bigserial, stream text, revision bigint, id uuid, type text, data json, PRIMARY KEY (stream, revision))',
  );
  const others = {
    'pg alone': async (stream: string, revision: number) => {
      const values = [stream, revision, randomUUID(), move.type, JSON.stringify(move.data)];
      await client.query('INSERT INTO bare (stream, revision, id, type, data) VALUES ($1, $2, $3, $4, $5)', values);
    },
    'emmett-postgresql': (stream: string) => theirs.appendToStream(stream, [{ ...move }]),
  };
  for (const [beside, append] of Object.entries(others)) {
    await compare({
      what: 'append events one by one',
      beside,
      durable: 'on disk',
      times: 50,
      ours: async () => {
        const stream = `bench-${randomUUID()}`;
        for (let revision = 0n; revision < 50n; revision += 1n) {
          const expectedRevision = revision === 0n ? 'no_stream' : revision - 1n;
          await store.appendToStream(stream, [{ id: randomUUID(), ...move }], { expectedRevision });
        }
      },
      other: async () => {
        const stream = `bench-${randomUUID()}`;
        for (let revision = 0; revision < 50; revision += 1) await append(stream, revision);
      },
    });
  }
  await client.end();
}

async function benchReads(store: PostgresqlEventStore, theirs: EmmettStore): Promise<void> {
  await store.appendToStream('game-bench', drawnGame(), { expectedRevision: 'any' });
  await theirs.appendToStream(
    'game-bench',
    drawnGame().map(({ type, data }) => ({ type, data })),
  );
  await compare({
    what: 'read a game of 44 events',
    beside: 'emmett-postgresql',
    times: 100,
    ours: async () => {
      for (let count = 0; count < 100; count += 1) await store.readStream('game-bench');
    },
    other: async () => {
      for (let count = 0; count < 100; count += 1) await theirs.readStream('game-bench');
    },
  });
}

const move = { type: 'MoveMade', data: { player: 'Alice', column: 'D' } };
