import {
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  START,
  streamNameFilter,
  type PersistentSubscriptionToStream,
  type PersistentSubscriptionToStreamResolvedEvent as Resolved,
  type PersistentSubscriptionToStreamSettings,
} from '@kurrent/kurrentdb-client';
import { expect, onTestFinished, test } from 'vitest';

import { confirmed, describeProtocol, newEvent, newStream } from './protocol.ts';

describeProtocol('persistent subscriptions', ({ client, append }) => {
  const group = 'workers';

  /** A stream with a group that begins at its start, and saves after each event. */
  async function streamWithGroup(changes: Partial<PersistentSubscriptionToStreamSettings> = {}): Promise<string> {
    const stream = newStream();
    const settings = streamSettings({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 1 });
    await client().createPersistentSubscriptionToStream(stream, group, { ...settings, ...changes });
    return stream;
  }

  function consume(stream: string, bufferSize = 10): PersistentSubscriptionToStream {
    const consumer = client().subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });
    consumer.on('error', () => undefined);
    onTestFinished(() => consumer.unsubscribe());
    return consumer;
  }

  /** Reads on where it stopped: leaving a loop over a consumer would end it. */
  function reader(consumer: PersistentSubscriptionToStream) {
    const events = consumer[Symbol.asyncIterator]() as AsyncIterator<Resolved, undefined>;
    return async (): Promise<Resolved> => {
      const next = await events.next();
      if (next.done) throw new Error('the subscription has ended');
      return next.value;
    };
  }

  const typeOf = ({ event }: Resolved) => event?.type;
  const info = async (stream: string) => client().getPersistentSubscriptionToStreamInfo(stream, group);
  const parked = async (stream: string) => (await info(stream)).stats.parkedMessageCount;

  test('brings what is there and what comes, and goes on behind what was acknowledged', async () => {
    const stream = await streamWithGroup();
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const first = consume(stream);
    const next = reader(first);
    for (const type of ['a', 'b']) {
      const event = await next();
      expect(typeOf(event)).toBe(type);
      await first.ack(event);
    }
    await append(stream, 'any', newEvent('c'));
    const third = await next();
    expect(typeOf(third)).toBe('c');
    await first.ack(third);
    await expect.poll(async () => (await info(stream)).stats.lastCheckpointedEventRevision).toBe(2n);
    await first.unsubscribe();

    await append(stream, 'any', newEvent('d'));
    expect(typeOf(await reader(consume(stream))())).toBe('d');
  });

  test('starts at the revision that the group was created with', async () => {
    const stream = await streamWithGroup({ startFrom: 1n });
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    expect(typeOf(await reader(consume(stream))())).toBe('b');
  });

  test('shares events between consumers in turns, and gives no event to both', async () => {
    const stream = await streamWithGroup();
    const consumers = [consume(stream), consume(stream)];
    await Promise.all(consumers.map(confirmed));
    await append(stream, 'any', ...['a', 'b', 'c', 'd'].map((type) => newEvent(type)));
    const received = await Promise.all(
      consumers.map(async (consumer) => {
        const next = reader(consumer);
        return [typeOf(await next()), typeOf(await next())];
      }),
    );
    expect(received.flat().toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('sends no more events than a consumer takes before it answers', async () => {
    const stream = await streamWithGroup();
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(stream, 1);
    const next = reader(consumer);
    const first = await next();
    expect(await info(stream)).toMatchObject({ stats: { totalInFlightMessages: 1 } });
    await consumer.ack(first);
    expect(typeOf(await next())).toBe('b');
  });

  test('gives the events of a consumer that left without an answer to another one', async () => {
    const stream = await streamWithGroup();
    await append(stream, 'any', newEvent('a'));
    const first = consume(stream);
    await reader(first)();
    await first.unsubscribe();
    const again = await reader(consume(stream))();
    expect([typeOf(again), again.retryCount]).toEqual(['a', 1]);
  });

  test('nack: retry brings the event again, skip does not, and park puts it aside until it is replayed', async () => {
    const stream = await streamWithGroup();
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(stream, 1);
    const next = reader(consumer);
    await consumer.nack('retry', 'not yet', await next());
    const again = await next();
    expect([typeOf(again), again.retryCount]).toEqual(['a', 1]);
    await consumer.nack('skip', 'not wanted', again);
    const second = await next();
    expect(typeOf(second)).toBe('b');
    await consumer.nack('park', 'broken', second);
    await expect.poll(() => parked(stream)).toBe(1n);

    await client().replayParkedMessagesToStream(stream, group);
    const replayed = await next();
    expect(typeOf(replayed)).toBe('b');
    await consumer.ack(replayed);
    await expect.poll(() => parked(stream)).toBe(0n);
  });

  test('an event without an answer comes again after the message timeout, and is parked after the last retry', async () => {
    const stream = await streamWithGroup({ messageTimeout: 200, maxRetryCount: 1 });
    await append(stream, 'any', newEvent('a'));
    const next = reader(consume(stream));
    expect((await next()).retryCount).toBe(0);
    expect((await next()).retryCount).toBe(1);
    await expect.poll(() => parked(stream), { timeout: 10_000 }).toBe(1n);
  });

  test('to all streams, with a filter', async () => {
    const [name, stream] = [`group-${newStream()}`, newStream()];
    const settings = allSettings({ startFrom: START });
    const filter = streamNameFilter({ prefixes: [stream] });
    await client().createPersistentSubscriptionToAll(name, settings, { filter });
    onTestFinished(() => client().deletePersistentSubscriptionToAll(name));
    await append(newStream(), 'any', newEvent('not wanted'));
    await append(`${stream}-1`, 'any', newEvent('a'));
    await append(`${stream}-2`, 'any', newEvent('b'));
    const consumer = client().subscribeToPersistentSubscriptionToAll(name);
    onTestFinished(() => consumer.unsubscribe());
    const types: (string | undefined)[] = [];
    for await (const event of consumer) {
      types.push(event.event?.type);
      await consumer.ack(event);
      if (types.length === 2) break;
    }
    expect(types).toEqual(['a', 'b']);
    expect(await client().getPersistentSubscriptionToAllInfo(name)).toMatchObject({
      eventSource: '$all',
      groupName: name,
      settings: { startFrom: START },
    });
  });

  test('info has the settings, the consumers and the figures; list has each group', async () => {
    const stream = await streamWithGroup({ maxRetryCount: 3, messageTimeout: 5_000 });
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(stream, 5);
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

  test('an update changes the settings, ends the calls of consumers, and keeps the place', async () => {
    const stream = await streamWithGroup();
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(stream, 1);
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
    expect(typeOf(await reader(consume(stream))())).toBe('b');
  });

  test('names that are taken, missing or deleted are the errors of the client', async () => {
    const stream = await streamWithGroup({ maxSubscriberCount: 1 });
    const exists = client().createPersistentSubscriptionToStream(stream, group, streamSettings());
    await expect(exists).rejects.toMatchObject({ type: 'persistent-subscription-exists' });

    await confirmed(consume(stream));
    const second = new Promise((resolve) => void consume(stream).once('error', resolve));
    expect(await second).toMatchObject({ type: 'maximum-subscribers-reached' });

    await client().deletePersistentSubscriptionToStream(stream, group);
    const missing = { type: 'persistent-subscription-does-not-exist' };
    await expect(info(stream)).rejects.toMatchObject(missing);
    await expect(client().deletePersistentSubscriptionToStream(stream, group)).rejects.toMatchObject(missing);
    const gone = new Promise((resolve) => void consume(stream).once('error', resolve));
    expect(await gone).toMatchObject(missing);
  });
});
