import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';

import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { compare } from './compare.ts';
import { drawnGame } from './drawn-game.ts';
import { report } from './results.ts';

const data = { player: 'Alice', column: 'D' };

/** Many short ones: the goal is near, and the speed of a machine changes within a second. */
const rounds = 101;

/**
 * Compares the adapter with the bare client, on the server of KURRENTDB_URL; default: a local
 * stand-in in its own process.
 */
export async function benchKurrentDB(): Promise<void> {
  const { url, stop } = await server();
  const client = KurrentDBClient.connectionString(url);
  const store = new KurrentDBEventStore(url);
  console.log(`On ${process.env['KURRENTDB_URL'] === undefined ? 'the local stand-in' : url}:`);

  await compare(
    {
      what: 'append events one by one',
      beside: 'the bare client',
      goal: 1.05,
      times: 50,
      ours: async () => {
        const stream = `bench-${randomUUID()}`;
        let last: bigint | 'no_stream' = 'no_stream';
        for (let count = 0; count < 50; count += 1) {
          last = await store.appendToStream(stream, [{ id: randomUUID(), type: 'MoveMade', data }], {
            expectedRevision: last,
          });
        }
      },
      other: async () => {
        const stream = `bench-${randomUUID()}`;
        let last: bigint | 'no_stream' = 'no_stream';
        for (let count = 0; count < 50; count += 1) {
          const event = jsonEvent({ id: randomUUID(), type: 'MoveMade', data });
          last = (await client.appendToStream(stream, [event], { streamState: last })).nextExpectedRevision;
        }
      },
    },
    rounds,
  );

  const stream = `bench-${randomUUID()}`;
  await store.appendToStream(stream, drawnGame(), { expectedRevision: 'no_stream' });
  await compare(
    {
      what: 'read a game of 44 events',
      beside: 'the bare client',
      goal: 1.05,
      times: 10,
      ours: async () => {
        for (let count = 0; count < 10; count += 1) await store.readStream(stream);
      },
      other: async () => {
        for (let count = 0; count < 10; count += 1) {
          const events = [];
          for await (const resolved of client.readStream(stream)) events.push(resolved);
        }
      },
    },
    rounds,
  );
  await compare(
    {
      what: 'subscribe, and get 44 events',
      beside: 'the bare client',
      goal: 1.05,
      times: 3, // Node's HTTP/2 server ends a session in which a client cancels 1,000 calls
      ours: async () => {
        for (let count = 0; count < 3; count += 1) {
          await first(44, store.subscribeToStream(stream, { fromRevision: 0n }));
        }
      },
      other: async () => {
        for (let count = 0; count < 3; count += 1) {
          const subscription = client.subscribeToStream(stream);
          await first(44, subscription);
          await subscription.unsubscribe(); // or the call would stay open
        }
      },
    },
    rounds,
  );
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
  const stop = () => void child.kill();
  process.once('exit', stop); // also after an error
  return { url: /kurrentdb:\S+/.exec(line)?.[0] ?? '', stop };
}
