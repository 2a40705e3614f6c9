import fc from 'fast-check';
import { expect } from 'vitest';

import { InvalidRequestError, type Json, type NewEvent, type ReadOptions } from '../../src/event-store/event-store.ts';
import { each, event, expectRejection, newStream, type Cases } from './contract-support.ts';

export const reading: Cases = {
  'a stream that does not exist has no events': async ({ store }) => {
    expect(await store.readStream(newStream())).toEqual([]);
  },

  'events are read in the order of their appends, with revisions from 0n on': async ({ store }) => {
    const stream = newStream();
    await store.appendToStream(stream, [event('first'), event('second')], { expectedRevision: 'no_stream' });
    await store.appendToStream(stream, [event('third')], { expectedRevision: 1n });
    const events = await store.readStream(stream);
    expect(events.map(({ type, revision }) => [type, revision])).toEqual([
      ['first', 0n],
      ['second', 1n],
      ['third', 2n],
    ]);
  },

  'an event is read with all appended fields': async ({ store }) => {
    const stream = newStream();
    const metadata = { correlationId: 'c-1', by: { name: 'Alice' } };
    const appended = { ...event('MoveMade', { column: 'D' }), metadata };
    await store.appendToStream(stream, [appended], { expectedRevision: 'any' });
    const [recorded] = await store.readStream(stream);
    expect(recorded).toMatchObject({ ...appended, stream, revision: 0n });
    expect(typeof recorded?.position).toBe('bigint');
    expect(recorded?.recordedAt).toBeInstanceOf(Date);
    expect(Math.abs(Date.now() - Number(recorded?.recordedAt))).toBeLessThan(24 * 60 * 60 * 1000);
  },

  'an event without metadata is read with empty metadata': async ({ store }) => {
    const stream = newStream();
    await store.appendToStream(stream, [event('MoveMade')], { expectedRevision: 'any' });
    expect((await store.readStream(stream))[0]?.metadata).toEqual({});
  },

  'a read can start at a revision and stop after a number of events': async ({ store }) => {
    const stream = newStream();
    const four = ['a', 'b', 'c', 'd'].map((type) => event(type));
    await store.appendToStream(stream, four, { expectedRevision: 'any' });
    const types = async (options: ReadOptions) =>
      (await store.readStream(stream, options)).map(({ type }) => type).join('');
    expect(await types({ fromRevision: 2n })).toBe('cd');
    expect(await types({ maxCount: 3 })).toBe('abc');
    expect(await types({ fromRevision: 1n, maxCount: 2 })).toBe('bc');
    expect(await types({ fromRevision: 3n, maxCount: 10 })).toBe('d');
    expect(await types({ fromRevision: 4n })).toBe('');
    expect(await types({ fromRevision: 99n })).toBe('');
  },

  'streams with similar names do not mix': async ({ store }) => {
    const stream = newStream();
    const others = [`${stream}1`, `${stream}-`, stream.toUpperCase(), stream.slice(0, -1)];
    await store.appendToStream(stream, [event('mine')], { expectedRevision: 'no_stream' });
    for (const other of others) {
      await store.appendToStream(other, [event('theirs')], { expectedRevision: 'no_stream' });
    }
    expect((await store.readStream(stream)).map(({ type }) => type)).toEqual(['mine']);
  },

  'positions grow from event to event, over all streams, and leave a number free before each event': async ({
    store,
  }) => {
    const [one, two] = [newStream(), newStream()];
    await store.appendToStream(one, [event('a'), event('b')], { expectedRevision: 'any' });
    await store.appendToStream(two, [event('c')], { expectedRevision: 'any' });
    await store.appendToStream(one, [event('d')], { expectedRevision: 'any' });
    const [a, b, d] = (await store.readStream(one)).map(({ position }) => position);
    const [c] = (await store.readStream(two)).map(({ position }) => position);
    const positions = [a, b, c, d].map(Number);
    for (const [index, position] of positions.entries()) {
      expect(position - (positions[index - 1] ?? -1)).toBeGreaterThanOrEqual(2);
    }
  },

  ...each<ReadOptions>(
    [{ fromRevision: -1n }, { maxCount: 0 }, { maxCount: -1 }, { maxCount: 1.5 }, { maxCount: NaN }],
    ({ fromRevision, maxCount }) => `refuses to read from ${fromRevision ?? 0n}, ${maxCount ?? 'all'} events`,
    async (options, { store }) => {
      await expectRejection(store.readStream(newStream(), options), InvalidRequestError);
    },
  ),
};

export const storing: Cases = {
  'any JSON is read unchanged': async ({ store }) => {
    const json = fc.jsonValue({ noUnicodeString: false });
    await fc.assert(
      fc.asyncProperty(json, async (data) => {
        const stream = newStream();
        await store.appendToStream(stream, [event('MoveMade', data as Json)], { expectedRevision: 'any' });
        const expected: unknown = JSON.parse(JSON.stringify(data));
        expect((await store.readStream(stream))[0]?.data).toEqual(expected);
      }),
      { numRuns: 50, seed: 11 },
    );
  },

  'stream names and types may contain any character except control characters': async ({ store }) => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 30 })
      .filter((name) => !/[\p{Cc}\p{Cs}]/u.test(name));
    await fc.assert(
      fc.asyncProperty(text, text, async (name, type) => {
        const stream = `${newStream()}-${name}`;
        await store.appendToStream(stream, [event(type, { text: name })], { expectedRevision: 'no_stream' });
        expect(await store.readStream(stream)).toMatchObject([{ stream, type, data: { text: name } }]);
      }),
      { numRuns: 50, seed: 12, examples: [['Ünï-côdé 🎲 \u202e', 'Zug 手 🙂']] },
    );
  },

  'changing an appended or read object does not change the stored event': async ({ store }) => {
    const stream = newStream();
    const data = { column: 'D', cells: [{ row: 1 }] };
    const metadata = { by: 'Alice' };
    await store.appendToStream(stream, [{ ...event('MoveMade', data), metadata }], { expectedRevision: 'any' });
    data.column = 'E';
    metadata.by = 'Bob';
    const [before] = await store.readStream(stream);
    const recordedAt = new Date(before?.recordedAt ?? 0);
    // A store may refuse these changes, or return copies.
    for (const change of [
      () => Object.assign(before?.data as object, { column: 'F' }),
      () => (before?.data as typeof data).cells.push({ row: 2 }),
      () => Object.assign(before?.metadata as object, { by: 'Carol' }),
      () => before?.recordedAt.setTime(0),
    ]) {
      try {
        change();
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
    }
    const [after] = await store.readStream(stream);
    expect(after).toMatchObject({ data: { column: 'D', cells: [{ row: 1 }] }, metadata: { by: 'Alice' }, recordedAt });
  },

  ...each<readonly [string, string, readonly NewEvent[]]>(
    [
      ['no events', 'stream', []],
      ['an empty type', 'stream', [event('')]],
      ['a type with a control character', 'stream', [event('a\u0000b')]],
      ['an id that is not a UUID', 'stream', [{ ...event(), id: '42' }]],
      ['data that JSON cannot express', 'stream', [{ ...event(), data: undefined as unknown as Json }]],
      ['metadata that JSON cannot express', 'stream', [{ ...event(), metadata: { count: 1n as unknown as Json } }]],
      ['an empty name', '', [event()]],
      ['a name reserved for the store', '$all', [event()]],
      ['a name with a control character', 'a\nb', [event()]],
      ['a name with half of a surrogate pair', 'half \ud83d', [event()]],
    ],
    ([what]) => `refuses an append with ${what}`,
    async ([, stream, events], { store }) => {
      await expectRejection(store.appendToStream(stream, events, { expectedRevision: 'any' }), InvalidRequestError);
    },
  ),
};
