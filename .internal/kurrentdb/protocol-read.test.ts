import { randomUUID } from 'node:crypto';

import {
  BACKWARDS,
  END,
  eventTypeFilter,
  FORWARDS,
  jsonEvent,
  START,
  streamNameFilter,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import { expect, test } from 'vitest';

import { describeProtocol, eventsOf, newEvent, newStream } from './protocol.ts';

describeProtocol('reading', ({ client, append, read, revisions }) => {
  test('a stream that does not exist is not found', async () => {
    await expect(read(newStream())).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('forwards, backwards, from a revision and with a limit', async () => {
    const stream = newStream();
    await append(stream, 'no_stream', newEvent('a'), newEvent('b'), newEvent('c'));
    const types = async (options: Parameters<KurrentDBClient['readStream']>[1]) =>
      (await read(stream, options)).map(({ type }) => type).join('');
    expect(await types({ direction: FORWARDS, fromRevision: START })).toBe('abc');
    expect(await types({ direction: BACKWARDS, fromRevision: END })).toBe('cba');
    expect(await types({ fromRevision: 1n, maxCount: 1 })).toBe('b');
    expect(await types({ direction: BACKWARDS, fromRevision: 1n })).toBe('ba');
    expect(await types({ direction: BACKWARDS, fromRevision: END, maxCount: 1 })).toBe('c');
    expect(await types({ fromRevision: 99n })).toBe('');
  });

  test('a count of 0 is an error', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent());
    await expect(read(stream, { maxCount: 0 })).rejects.toBeInstanceOf(Error);
  });

  test('10,000 events arrive in order', async () => {
    const stream = newStream();
    for (let start = 0; start < 10_000; start += 1000) {
      await append(
        stream,
        'any',
        ...Array.from({ length: 1000 }, (_, index) => newEvent('Counted', { index: start + index })),
      );
    }
    expect((await read(stream)).map(({ data }) => (data as { index: number }).index)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index),
    );
  });

  test('names, types, data and metadata of any script are read unchanged', async () => {
    const stream = `${newStream()}-Ünï 手 🎲`;
    await client().appendToStream(
      stream,
      jsonEvent({ type: 'Zug 手 🙂', data: { text: 'é\u0000' }, metadata: { by: '手' } }),
    );
    const [first] = await read(stream);
    expect(first).toMatchObject({
      streamId: stream,
      type: 'Zug 手 🙂',
      data: { text: 'é\u0000' },
      metadata: { by: '手' },
      isJson: true,
    });
    expect(Math.abs(Date.now() - Number(first?.created))).toBeLessThan(24 * 60 * 60 * 1000);
  });

  test('$maxCount keeps the last events, with their revisions', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent(), newEvent(), newEvent());
    await client().setStreamMetadata(stream, { maxCount: 2 });
    expect(await revisions(stream)).toEqual([1n, 2n]);
    expect((await client().getStreamMetadata(stream)).metadata).toMatchObject({ maxCount: 2 });
  });

  test('$maxAge keeps the recent events', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent());
    await client().setStreamMetadata(stream, { maxAge: 3600 });
    expect(await revisions(stream)).toEqual([0n]);
    await client().setStreamMetadata(stream, { maxAge: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await append(stream, 'any', newEvent());
    expect(await revisions(stream)).toEqual([1n]);
  });
});

describeProtocol('reading all streams', ({ client, append }) => {
  const all = (options: Parameters<KurrentDBClient['readAll']>[0]) => eventsOf(client().readAll(options));

  test('returns the events of all streams in the order of their positions, in both directions', async () => {
    const name = newStream();
    const filter = streamNameFilter({ prefixes: [name] });
    const { position: first } = await append(`${name}-1`, 'any', newEvent('a'));
    await append(`${name}-2`, 'any', newEvent('b'));
    const { position: third } = await append(`${name}-1`, 'any', newEvent('c'));
    const types = async (options: Parameters<typeof all>[0]) =>
      (await all({ filter, ...options })).map(({ type }) => type).join('');
    expect(await types({ direction: BACKWARDS, fromPosition: END })).toBe('cba');
    expect(await types({ direction: FORWARDS, fromPosition: START })).toBe('abc');
    expect(await types({ direction: FORWARDS, fromPosition: first ?? START })).toBe('abc');
    expect(await types({ direction: BACKWARDS, fromPosition: third ?? END })).toBe('ba');
    const positions = (await all({})).map(({ position }) => position?.commit ?? 0n);
    expect(positions).toEqual(positions.toSorted((left, right) => Number(left - right)));
  });

  test('counts only the events that pass the filter, from a position on', async () => {
    const name = newStream();
    const { position: first } = await append(`${name}-1`, 'any', newEvent('a'));
    const { position: other } = await append(newStream(), 'any', newEvent('other'), newEvent('other'));
    await append(`${name}-2`, 'any', newEvent('b'));
    await append(newStream(), 'any', newEvent('other'));
    await append(`${name}-1`, 'any', newEvent('c'));
    const filter = streamNameFilter({ prefixes: [name] });
    const types = async (options: Parameters<typeof all>[0]) =>
      (await all({ filter, ...options })).map(({ type }) => type).join('');
    expect(await types({ maxCount: 2 })).toBe('ab');
    expect(await types({ fromPosition: first ?? END, maxCount: 2 })).toBe('ab');
    expect(await types({ fromPosition: other ?? END, maxCount: 1 })).toBe('b');
    expect(await types({ fromPosition: other ?? END, maxCount: 2n ** 53n })).toBe('bc');
    expect(await types({ direction: BACKWARDS, fromPosition: END, maxCount: 2 })).toBe('cb');
    expect(await all({ filter: streamNameFilter({ regex: '(?!)' }), maxCount: 1 })).toEqual([]);
  });

  test('is refused at a position between two events', async () => {
    const { position } = await append(newStream(), 'any', newEvent());
    await append(newStream(), 'any', newEvent());
    const between = { commit: (position?.commit ?? 0n) + 1n, prepare: (position?.prepare ?? 0n) + 1n };
    await expect(all({ fromPosition: between, maxCount: 1 })).rejects.toBeInstanceOf(Error);
  });

  test('can be filtered by the name of the stream and by the type of the event', async () => {
    const name = `filter${randomUUID()}`;
    await append(`${name}-1`, 'any', newEvent(`${name}A`), newEvent(`${name}B`));
    await append(`other${name}`, 'any', newEvent(`${name}C`));
    const types = async (filter: NonNullable<Parameters<typeof all>[0]>['filter'] & object) =>
      (await all({ filter })).map(({ type }) => type.replace(name, '')).join('');
    expect(await types(streamNameFilter({ prefixes: [`${name}-`] }))).toBe('AB');
    expect(await types(streamNameFilter({ regex: `^other${name}$` }))).toBe('C');
    expect(await types(eventTypeFilter({ prefixes: [`${name}A`, `${name}C`] }))).toBe('AC');
    expect(await types(eventTypeFilter({ regex: `^${name}[BC]$` }))).toBe('BC');
  });
});
