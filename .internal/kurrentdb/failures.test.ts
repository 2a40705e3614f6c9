import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  KurrentDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults as settingsWith,
  START,
  streamNameFilter,
  type PersistentSubscriptionToStreamResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { describe, expect, onTestFinished, test } from 'vitest';

import { confirmed, firstOf, newEvent } from './protocol.ts';
import { startStandIn, type Options } from './server.ts';

const group = 'workers';

async function serve(options: Partial<Options> = {}) {
  const standIn = await startStandIn({ port: 0, ...options });
  const client = KurrentDBClient.connectionString(standIn.connectionString);
  const close = async () => {
    await client.dispose();
    await standIn.close();
  };
  return { ...standIn, client, close };
}

function makeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, 'kurrentdb.db');
}

describe('a restart on the same file', () => {
  test('keeps positions, and later events get higher ones', async () => {
    const file = makeFile();
    const before = await serve({ file });
    const { position } = await before.client.appendToStream('s-1', newEvent('a'));
    await before.close();

    const after = await serve({ file });
    onTestFinished(after.close);
    await after.client.appendToStream('s-2', newEvent('b'));
    const filter = streamNameFilter({ prefixes: ['s-'] });
    const subscription = after.client.subscribeToAll({ filter, fromPosition: position ?? START });
    expect(await firstOf(subscription, 1)).toMatchObject([{ event: { type: 'b' } }]);
  });

  test('keeps a consumer group, its checkpoint and its parked events', async () => {
    const file = makeFile();
    const before = await serve({ file });
    const settings = settingsWith({ startFrom: START, checkPointUpperBound: 1, maxRetryCount: 4 });
    await before.client.createPersistentSubscriptionToStream('s', group, settings);
    await before.client.appendToStream(
      's',
      ['a', 'b', 'c'].map((type) => newEvent(type)),
    );
    const consumer = before.client.subscribeToPersistentSubscriptionToStream('s', group);
    const events: PersistentSubscriptionToStreamResolvedEvent[] = [];
    for await (const event of consumer) {
      events.push(event);
      await (events.length === 1 ? consumer.ack(event) : consumer.nack('park', 'broken', event));
      if (events.length === 2) break;
    }
    const parked = { stats: { parkedMessageCount: 1n, lastCheckpointedEventRevision: 1n } };
    await expect.poll(() => before.client.getPersistentSubscriptionToStreamInfo('s', group)).toMatchObject(parked);
    await before.close();

    const after = await serve({ file });
    onTestFinished(after.close);
    const info = await after.client.getPersistentSubscriptionToStreamInfo('s', group);
    expect(info).toMatchObject({ ...parked, settings: { maxRetryCount: 4 } });
    await after.client.replayParkedMessagesToStream('s', group);
    const again = await firstOf(after.client.subscribeToPersistentSubscriptionToStream('s', group), 2);
    expect(again.map(({ event }) => event?.type)).toEqual(['b', 'c']);
  });
});

describe('simulated failures', () => {
  test('stall: connections stay open without an answer, new ones as well', async () => {
    const { client, stall, connectionString, close } = await serve();
    onTestFinished(close);
    await client.appendToStream('s', newEvent());
    stall();
    const other = KurrentDBClient.connectionString(connectionString);
    onTestFinished(() => other.dispose());
    for (const silent of [client, other]) {
      await expect(silent.deleteStream('s', { deadline: 300 })).rejects.toMatchObject({ type: 'deadline-exceeded' });
    }
  });

  test('drop: calls in progress fail, and a new client is served', async () => {
    const { client, drop, connectionString, close } = await serve();
    onTestFinished(close);
    const subscription = client.subscribeToStream('s', { fromRevision: START });
    const failed = new Promise((resolve) => void subscription.once('error', resolve));
    await confirmed(subscription);
    drop();
    expect(await failed).toMatchObject({ type: 'unavailable' });
    const other = KurrentDBClient.connectionString(connectionString);
    onTestFinished(() => other.dispose());
    expect(await other.appendToStream('s', newEvent())).toMatchObject({ success: true });
  });
});
