import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';

import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { compare } from './compare.ts';

const data = { player: 'Alice', column: 'D' };

/**
 * Compares the adapter with the bare client, on the server of KURRENTDB_URL; default: a local
 * stand-in in its own process.
 */
export async function benchKurrentDB(): Promise<void> {
  const { url, stop } = await server();
  const client = KurrentDBClient.connectionString(url);
  const store = new KurrentDBEventStore(url);
  console.log(
    `The KurrentDB adapter, compared with the bare client (${process.env['KURRENTDB_URL'] === undefined ? 'on the local stand-in' : url}):`,
  );

  await compare({
    what: 'append one event after the other',
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
  await store.close();
  await client.dispose();
  stop();
}

async function server(): Promise<{ url: string; stop: () => void }> {
  const url = process.env['KURRENTDB_URL'];
  if (url !== undefined) return { url, stop: () => undefined };
  const main = join(import.meta.dirname, '..', 'kurrentdb', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0', '--memory'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return { url: /kurrentdb:\S+/.exec(line)?.[0] ?? '', stop: () => void child.kill() };
}
