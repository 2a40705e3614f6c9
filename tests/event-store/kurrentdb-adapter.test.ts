import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { spawn } from 'node:child_process';

import { Metadata, Server, ServerCredentials, status, type UntypedHandleCall } from '@grpc/grpc-js';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { expect, onTestFinished, test } from 'vitest';

import { EventStoreUnavailableError, InvalidRequestError } from '../../src/event-store/event-store.ts';
import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { startStandIn } from '../../.internal/kurrentdb/server.ts';

const newEvent = () => ({ id: randomUUID(), type: 'MoveMade', data: {} });

async function standIn() {
  const server = await startStandIn({ port: 0 });
  onTestFinished(() => server.close());
  return server;
}

function storeAt(url: string): KurrentDBEventStore {
  const store = new KurrentDBEventStore(url);
  onTestFinished(() => store.close());
  return store;
}

test(
  'a TLS connection to a server without certificates is reported with the setting to change',
  { timeout: 300_000 },
  async () => {
    const { port } = await standIn();
    const store = storeAt(`kurrentdb://127.0.0.1:${port}`);
    const attempts = [
      store.readStream('game-1'),
      store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' }),
    ];
    for (const attempt of await Promise.allSettled(attempts)) {
      const reason = (attempt as PromiseRejectedResult).reason as unknown;
      expect(reason).toBeInstanceOf(EventStoreUnavailableError);
      expect(String(reason)).toContain('needs "?tls=false" at the end');
    }
  },
);

test('a server that accepts connections but never answers times out within seconds', { timeout: 300_000 }, async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const store = storeAt(`kurrentdb://127.0.0.1:${port}?tls=false`);
  const attempts = [
    store.readStream('game-1'),
    store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' }),
  ];
  for (const attempt of await Promise.allSettled(attempts)) {
    expect((attempt as PromiseRejectedResult).reason).toBeInstanceOf(EventStoreUnavailableError);
  }
});

test('a not-leader error makes the adapter append at the leader', { timeout: 300_000 }, async () => {
  const leader = await standIn();
  const follower = new Server();
  const refuse: UntypedHandleCall = ((_call: unknown, answer: (error: Error) => void) => {
    const metadata = new Metadata();
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', String(leader.port));
    answer(Object.assign(new Error('not the leader'), { code: status.NOT_FOUND, details: 'not the leader', metadata }));
  }) as UntypedHandleCall;
  const unused: UntypedHandleCall = () => undefined;
  follower.addService(streams.StreamsService, {
    append: refuse,
    batchAppend: unused,
    read: unused,
    delete: unused,
    tombstone: unused,
  });
  const port = await new Promise<number>((resolve, reject) => {
    follower.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  onTestFinished(() => {
    follower.forceShutdown();
  });

  const store = storeAt(`kurrentdb://127.0.0.1:${port}?tls=false`);
  expect(await store.appendToStream('game-1', [newEvent()], { expectedRevision: 'no_stream' })).toBe(0n);
  expect(await storeAt(leader.connectionString).readStream('game-1')).toHaveLength(1);
});

test('an append over the size limit of the server is refused with that limit', async () => {
  const store = storeAt((await standIn()).connectionString);
  const large = { ...newEvent(), data: { text: 'x'.repeat(1_200_000) } };
  const error: unknown = await store
    .appendToStream('game-1', [large], { expectedRevision: 'any' })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({
    message: expect.stringContaining('1048576 bytes') as string,
    cause: { type: 'maximum-append-size-exceeded' },
  });
});

test('the system streams of the server are left out, whatever the prefix is', async () => {
  const { connectionString } = await standIn();
  const client = KurrentDBClient.connectionString(connectionString);
  onTestFinished(() => client.dispose());
  const store = storeAt(connectionString);
  await store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' });
  await client.setStreamMetadata('game-1', { maxCount: 5 });
  await store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' });
  expect((await store.readAll()).map(({ stream }) => stream)).toEqual(['game-1', 'game-1']);
  expect((await store.readAll({ maxCount: 2 })).map(({ revision }) => revision)).toEqual([0n, 1n]);
  expect(await store.readAll({ streamPrefix: '$' })).toEqual([]);
  const controller = new AbortController();
  const system = store.subscribeToAll({ streamPrefix: '$', signal: controller.signal })[Symbol.asyncIterator]().next();
  for await (const { revision } of store.subscribeToAll()) if (revision === 1n) break;
  controller.abort();
  expect(await system).toMatchObject({ done: true });
});

test('a program ends after it closes its store', { timeout: 300_000 }, async () => {
  const { connectionString } = await standIn();
  const code = `
    import { KurrentDBEventStore } from './src/event-store/kurrentdb/kurrentdb-event-store.ts';
    const store = new KurrentDBEventStore('${connectionString}');
    await store.appendToStream('game-1', [{ id: crypto.randomUUID(), type: 'A', data: {} }], { expectedRevision: 'any' });
    await store.readStream('game-1');
    await store.close();`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    stdio: 'inherit',
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
});

test(
  'a call that is cancelled when another call replaces the client reports an unclear answer',
  { timeout: 300_000 },
  async () => {
    const server = await standIn();
    const store = storeAt(server.connectionString);
    await store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' });
    server.stall();
    const outcomes = await Promise.allSettled([
      store.appendToStream('game-1', [newEvent()], { expectedRevision: 'any' }),
      store.appendToStream('game-2', [newEvent()], { expectedRevision: 'any' }),
      store.readStream('game-1'),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'EventStoreUnavailableError' } });
    }
  },
);
