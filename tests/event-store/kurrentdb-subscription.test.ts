import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { EventStoreUnavailableError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { startStandIn, type StandIn } from '../../.internal/kurrentdb/server.ts';

/** A server that can be killed and restarted on the same port. */
async function restartable() {
  const folder = mkdtempSync(join(tmpdir(), 'subscription-'));
  const file = join(folder, 'events.db');
  let server: StandIn | undefined = await startStandIn({ port: 0, file });
  const { port, connectionString } = server;
  onTestFinished(async () => {
    await server?.close();
    rmSync(folder, { recursive: true });
  });
  return {
    connectionString,
    stop: async () => {
      await server?.close();
      server = undefined;
    },
    start: async () => {
      server = await startStandIn({ port, file });
    },
  };
}

function storeAt(url: string): EventStore {
  const store = new KurrentDBEventStore(url);
  onTestFinished(() => store.close());
  return store;
}

/** Appends one event. After a lost connection, all gRPC clients of a process wait for a while. */
async function write(store: EventStore, stream: string, data: number): Promise<void> {
  const event = { id: randomUUID(), type: 'Counted', data };
  for (;;) {
    try {
      await store.appendToStream(stream, [event], { expectedRevision: 'any' });
      return;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError)) throw error;
      await delay(100);
    }
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

test.each([
  ['a stream', (store: EventStore, signal: AbortSignal) => store.subscribeToStream('game-1', { signal })],
  ['all streams', (store: EventStore, signal: AbortSignal) => store.subscribeToAll({ streamPrefix: 'game-', signal })],
])(
  'a subscription to %s survives two restarts of the server without a gap or a duplicate',
  { timeout: 300_000 },
  async (_, subscribe) => {
    const server = await restartable();
    const events: RecordedEvent[] = [];
    const controller = new AbortController();
    const subscribing = (async () => {
      for await (const event of subscribe(storeAt(server.connectionString), controller.signal)) events.push(event);
    })();
    let written = 0;
    for (let outage = 0; outage <= 2; outage += 1) {
      // A new writer each time. Another test checks that a writer reconnects.
      const writer = storeAt(server.connectionString);
      for (let count = 0; count < 20; count += 1) await write(writer, 'game-1', written++);
      await until(() => events.length === written);
      if (outage < 2) {
        await server.stop();
        await delay(1500);
        await server.start();
        await write(storeAt(server.connectionString), 'game-1', written++);
      }
    }
    controller.abort();
    await subscribing;
    expect(events.map(({ data }) => data)).toEqual(Array.from({ length: written }, (__, at) => at));
  },
);

test('a subscription to an unreachable server fails with the address of the server', { timeout: 300_000 }, async () => {
  // No program listens on the discard port.
  const subscription = storeAt('kurrentdb://127.0.0.1:9?tls=false').subscribeToStream('game-1');
  const error: unknown = await subscription[Symbol.asyncIterator]()
    .next()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EventStoreUnavailableError);
  expect(String(error)).toContain('127.0.0.1:9');
});

test('a subscription ends when it is aborted while the server is down', { timeout: 300_000 }, async () => {
  const server = await restartable();
  const store = storeAt(server.connectionString);
  await write(store, 'game-1', 0);
  const controller = new AbortController();
  for await (const { data } of store.subscribeToStream('game-1', { signal: controller.signal })) {
    expect(data).toBe(0);
    await server.stop();
    setTimeout(() => {
      controller.abort();
    }, 600);
  }
});

test('subscriptions continue when another call replaces the connection', { timeout: 300_000 }, async () => {
  const server = await restartable();
  const store = storeAt(server.connectionString);
  await write(store, 'game-1', 0);
  const events: RecordedEvent[] = [];
  const controller = new AbortController();
  const subscribing = (async () => {
    for await (const event of store.subscribeToStream('game-1', { signal: controller.signal })) events.push(event);
  })();
  await until(() => events.length === 1);
  await server.stop();
  await expect(store.readStream('game-1')).rejects.toThrow(EventStoreUnavailableError);
  await server.start();
  await write(store, 'game-1', 1);
  await until(() => events.length === 2);
  controller.abort();
  await subscribing;
});
