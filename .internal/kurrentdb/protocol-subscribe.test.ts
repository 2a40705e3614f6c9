import { randomUUID } from 'node:crypto';

import { END, START, streamNameFilter } from '@kurrent/kurrentdb-client';
import { expect, test } from 'vitest';

import { confirmed, describeProtocol, firstOf, newEvent, newStream } from './protocol.ts';

describeProtocol('subscribing', ({ client, append }) => {
  test('to a stream: stored events, then new ones, without a gap or a duplicate', async () => {
    const stream = newStream();
    await append(stream, 'any', ...Array.from({ length: 500 }, () => newEvent()));
    const subscription = client().subscribeToStream(stream, { fromRevision: START });
    const writing = (async () => {
      for (let count = 0; count < 500; count += 1) await append(stream, 'any', newEvent());
    })();
    const seen = await firstOf(subscription, 1000);
    await writing;
    expect(seen.map(({ event }) => event?.revision)).toEqual(Array.from({ length: 1000 }, (_, index) => BigInt(index)));
  });

  test('from a revision: only later events; from the end: only new events', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent('a'), newEvent('b'));
    const after = client().subscribeToStream(stream, { fromRevision: 0n });
    const end = client().subscribeToStream(stream, { fromRevision: END });
    await confirmed(end);
    await append(stream, 'any', newEvent('c'));
    expect(await firstOf(after, 1)).toMatchObject([{ event: { type: 'b', revision: 1n } }]);
    expect(await firstOf(end, 1)).toMatchObject([{ event: { type: 'c', revision: 2n } }]);
  });

  test('to a stream that does not exist yet: it waits', async () => {
    const stream = newStream();
    const subscription = client().subscribeToStream(stream, { fromRevision: START });
    await confirmed(subscription);
    await append(stream, 'any', newEvent('first'));
    expect(await firstOf(subscription, 1)).toMatchObject([{ event: { type: 'first' } }]);
  });

  test('to all streams with a filter: confirmation first, then the events, with checkpoints between them', async () => {
    const name = `subscribe${randomUUID()}`;
    const checkpoints: bigint[] = [];
    await append(`${name}-1`, 'any', newEvent('a'));
    const subscription = client().subscribeToAll({
      fromPosition: START,
      filter: streamNameFilter({
        prefixes: [name],
        maxSearchWindow: 1,
        checkpointInterval: 1,
        checkpointReached: (_, { commit }) => {
          checkpoints.push(commit);
        },
      }),
    });
    await confirmed(subscription);
    await append(newStream(), 'any', newEvent('not wanted'));
    await append(`${name}-2`, 'any', newEvent('b'));
    expect(await firstOf(subscription, 2)).toMatchObject([{ event: { type: 'a' } }, { event: { type: 'b' } }]);
    expect(checkpoints.length).toBeGreaterThan(0);
  });

  test('to all streams, from the position of an event: only later events', async () => {
    const name = newStream();
    const filter = streamNameFilter({ prefixes: [name] });
    const { position } = await append(`${name}-1`, 'any', newEvent('a'));
    await append(`${name}-2`, 'any', newEvent('b'));
    const subscription = client().subscribeToAll({ filter, fromPosition: position ?? END });
    expect(await firstOf(subscription, 1)).toMatchObject([{ event: { type: 'b' } }]);
  });

  test('to all streams, from a position between two events: the subscription fails', async () => {
    const { position } = await append(newStream(), 'any', newEvent());
    await append(newStream(), 'any', newEvent());
    const between = { commit: (position?.commit ?? 0n) + 1n, prepare: (position?.prepare ?? 0n) + 1n };
    const subscription = client().subscribeToAll({ fromPosition: between });
    await expect(firstOf(subscription, 1)).rejects.toMatchObject({ type: 'unknown' });
  });
});
