import { persistentSubscriptionToStreamSettingsFromDefaults as streamSettings, START } from '@kurrent/kurrentdb-client';
import { expect, test } from 'vitest';

import { confirmed, consume, describeProtocol, group, newEvent, reader, streamWithGroup } from './protocol.ts';

describeProtocol('managing consumer groups', ({ client, append }) => {
  const info = (stream: string) => client().getPersistentSubscriptionToStreamInfo(stream, group);

  test('info returns the settings, the consumers and the counters; list returns each group', async () => {
    const stream = await streamWithGroup(client(), { maxRetryCount: 3, messageTimeout: 5_000 });
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(client(), stream, 5);
    await consumer.ack(await reader(consumer)());
    await expect
      .poll(() => info(stream))
      .toMatchObject({
        eventSource: stream,
        groupName: group,
        settings: { startFrom: START, maxRetryCount: 3, messageTimeout: 5_000, consumerStrategyName: 'RoundRobin' },
        connections: [{ totalItems: 2n, inFlightMessages: 1, availableSlots: 4 }],
        stats: {
          totalItems: 2n,
          totalInFlightMessages: 1,
          outstandingMessagesCount: 1,
          retryBufferCount: 0,
          parkedMessageCount: 0n,
          lastCheckpointedEventRevision: 0n,
          lastKnownEventRevision: 1n,
        },
      });
    const named = { eventSource: stream, groupName: group };
    expect(await client().listPersistentSubscriptionsToStream(stream)).toMatchObject([named]);
    expect(await client().listAllPersistentSubscriptions()).toContainEqual(expect.objectContaining(named));
  });

  test('an update changes the settings, ends the calls of consumers, and keeps the checkpoint', async () => {
    const stream = await streamWithGroup(client());
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(client(), stream, 1);
    const ended = new Promise((resolve) => void consumer.once('error', resolve));
    await consumer.ack(await reader(consumer)());
    await expect.poll(async () => (await info(stream)).stats.lastCheckpointedEventRevision).toBe(0n);
    await client().updatePersistentSubscriptionToStream(
      stream,
      group,
      streamSettings({ startFrom: START, maxRetryCount: 7 }),
    );
    expect(await ended).toMatchObject({ type: 'persistent-subscription-dropped' });
    expect((await info(stream)).settings.maxRetryCount).toBe(7);
    expect(await reader(consume(client(), stream))()).toMatchObject({ event: { type: 'b' } });
  });

  test('existing, missing and deleted names lead to the errors of the client', async () => {
    const stream = await streamWithGroup(client(), { maxSubscriberCount: 1 });
    const exists = client().createPersistentSubscriptionToStream(stream, group, streamSettings());
    await expect(exists).rejects.toMatchObject({ type: 'persistent-subscription-exists' });

    await confirmed(consume(client(), stream));
    const second = new Promise((resolve) => void consume(client(), stream).once('error', resolve));
    expect(await second).toMatchObject({ type: 'maximum-subscribers-reached' });

    await client().deletePersistentSubscriptionToStream(stream, group);
    const missing = { type: 'persistent-subscription-does-not-exist' };
    await expect(info(stream)).rejects.toMatchObject(missing);
    await expect(client().deletePersistentSubscriptionToStream(stream, group)).rejects.toMatchObject(missing);
    const gone = new Promise((resolve) => void consume(client(), stream).once('error', resolve));
    expect(await gone).toMatchObject(missing);
  });
});
