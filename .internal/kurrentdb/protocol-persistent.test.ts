import {
  persistentSubscriptionToAllSettingsFromDefaults as allSettings,
  START,
  streamNameFilter,
  type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { expect, onTestFinished, test } from 'vitest';

import {
  confirmed,
  consume,
  describeProtocol,
  group,
  newEvent,
  newStream,
  reader,
  streamWithGroup,
} from './protocol.ts';

describeProtocol('consuming in a group', ({ client, append }) => {
  const typeOf = ({ event }: ResolvedEvent) => event?.type;
  const info = (stream: string) => client().getPersistentSubscriptionToStreamInfo(stream, group);
  const parked = async (stream: string) => (await info(stream)).stats.parkedMessageCount;

  test('delivers stored and new events, and continues after the last acknowledged one', async () => {
    const stream = await streamWithGroup(client());
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const first = consume(client(), stream);
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
    expect(typeOf(await reader(consume(client(), stream))())).toBe('d');
  });

  test('starts at the revision that the group was created with', async () => {
    const stream = await streamWithGroup(client(), { startFrom: 1n });
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    expect(typeOf(await reader(consume(client(), stream))())).toBe('b');
  });

  test('shares events between consumers in turns, and gives no event to both', async () => {
    const stream = await streamWithGroup(client());
    const consumers = [consume(client(), stream), consume(client(), stream)];
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

  test('sends no more unanswered events than a consumer accepts', async () => {
    const stream = await streamWithGroup(client());
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(client(), stream, 1);
    const next = reader(consumer);
    const first = await next();
    expect(await info(stream)).toMatchObject({ stats: { totalInFlightMessages: 1 } });
    await consumer.ack(first);
    expect(typeOf(await next())).toBe('b');
  });

  test('sends the unanswered events of a disconnected consumer to another one', async () => {
    const stream = await streamWithGroup(client());
    await append(stream, 'any', newEvent('a'));
    const first = consume(client(), stream);
    await reader(first)();
    await first.unsubscribe();
    const again = await reader(consume(client(), stream))();
    expect([typeOf(again), again.retryCount]).toEqual(['a', 1]);
  });

  test('nack: retry sends the event again, skip does not, and park keeps it until it is replayed', async () => {
    const stream = await streamWithGroup(client());
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const consumer = consume(client(), stream, 1);
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

  test('an unanswered event is sent again after the message timeout, and is parked after the last retry', async () => {
    const stream = await streamWithGroup(client(), { messageTimeout: 200, maxRetryCount: 1 });
    await append(stream, 'any', newEvent('a'));
    const next = reader(consume(client(), stream));
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
});
