import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';

import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { compare } from './compare.ts';
import { report } from './results.ts';

const data = { player: 'Alice', column: 'D' };

/**
 * Compares the adapter with the bare client, on the server of KURRENTDB_URL; default: a local
 * stand-in in its own process.
 */
export async function benchKurrentDB(): Promise<void> {
  const { url, stop } = await server();
  const client = KurrentDBClient.connectionString(url);
  const store = new KurrentDBEventStore(url);
  console.log(`On ${process.env['KURRENTDB_URL'] === undefined ? 'the local stand-in' : url}:`);

  await compare({
    what: 'append events one by one',
    beside: 'the bare client',
    goal: 1.05,
    times: 200,
    ours: async () => {
      const stream = `bench-${randomUUID()}`;
      let last: bigint | 'no_stream' = 'no_stream';
      for (let count = 0; count < 200; count += 1) {
        last = await store.appendToStream(stream, [{ id: randomUUID(), type: 'MoveMade', data }], {
          expectedRevision: last,
        });
      }
    },
    other: async () => {
      const stream = `bench-${randomUUID()}`;
      let last: bigint | 'no_stream' = 'no_stream';
      for (let count = 0; count < 200; count += 1) {
        const event = jsonEvent({ id: randomUUID(), type: 'MoveMade', data });
        last = (await client.appendToStream(stream, [event], { streamState: last })).nextExpectedRevision;
      }
    },
  });

  const stream = `bench-${randomUUID()}`;
  await store.appendToStream(
    stream,
    Array.from({ length: 44 }, () => ({ id: randomUUID(), type: 'MoveMade', data })),
    {
      expectedRevision: 'any',
    },
  );
  await compare({
    what: 'read a game of 44 events',
    beside: 'the bare client',
    goal: 1.05,
    times: 100,
    ours: async () => {
      for (let count = 0; count < 100; count += 1) await store.readStream(stream);
    },
    other: async () => {
      for (let count = 0; count < 100; count += 1) {
        const events = [];
        for await (const resolved of client.readStream(stream)) events.push(resolved);
      }
    },
  });
  const options = { fromRevision: 0n };
  await compare({
    what: 'subscribe, and get 44 events',
    beside: 'the bare client',
    goal: 1.05,
    times: 20,
    ours: async () => {
      for (let count = 0; count < 20; count += 1) await first(44, store.subscribeToStream(stream, options));
    },
    other: async () => {
      for (let count = 0; count < 20; count += 1) await first(44, client.subscribeToStream(stream));
    },
  });
  await benchStandIn(url);
  await store.close();
  await client.dispose();
  stop();
}

/** The stand-in beside a real server, by the bare client. */
async function benchStandIn(url: string): Promise<void> {
  if (process.env['KURRENTDB_URL'] === undefined) {
    report('the stand-in', { 'not compared': 'KURRENTDB_URL names no real server' });
    return;
  }
  const standIn = await startStandIn();
  const clients = [standIn.url, url].map((one) => KurrentDBClient.connectionString(one));
  const [ours, other] = clients.map((client) => async () => {
    const stream = `bench-${randomUUID()}`;
    for (let count = 0; count < 100; count += 1) {
      await client.appendToStream(stream, [jsonEvent({ id: randomUUID(), type: 'MoveMade', data })]);
    }
  });
  if (ours !== undefined && other !== undefined) {
    await compare({ what: 'append events one by one, stand-in', beside: 'a real server', times: 100, ours, other });
  }
  for (const client of clients) await client.dispose();
  standIn.stop();
}

async function first(count: number, events: AsyncIterable<unknown>): Promise<void> {
  let seen = 0;
  for await (const event of events) {
    if (event !== undefined) seen += 1;
    if (seen === count) break;
  }
}

async function server(): Promise<Server> {
  const url = process.env['KURRENTDB_URL'];
  return url === undefined ? startStandIn() : { url, stop: () => undefined };
}

type Server = { readonly url: string; readonly stop: () => void };

/** A stand-in in a process of its own, with a store in memory. */
export async function startStandIn(): Promise<Server> {
  const main = join(import.meta.dirname, '..', 'kurrentdb', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', '--memory'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return { url: /kurrentdb:\S+/.exec(line)?.[0] ?? '', stop: () => void child.kill() };
}
