import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  EventStoreClosedError,
  InvalidRequestError,
  WrongExpectedRevisionError,
  type EventStore,
  type ExpectedRevision,
  type Json,
} from '../../src/event-store/event-store.ts';
import { event, newStream } from './contract-events.ts';
import { describeSubscriptions } from './contract-subscriptions.ts';

/**
 * What every event store promises. An adapter's own test file only says how to open it.
 *
 * @param name the adapter, for the names of the tests
 * @param open opens a store; what other tests have left in it does not matter, because each test uses streams of its own
 */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(`the contract of the event store, kept by ${name}`, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    describe('reading a stream', () => {
      test('a stream that does not exist has no events', async () => {
        expect(await store.readStream(newStream())).toEqual([]);
      });

      test('events come back in the order in which they were appended, with revisions from 0n on', async () => {
        const stream = newStream();
        await store.appendToStream(stream, [event('first'), event('second')], { expectedRevision: 'no_stream' });
        await store.appendToStream(stream, [event('third')], { expectedRevision: 1n });
        const events = await store.readStream(stream);
        expect(events.map(({ type, revision }) => [type, revision])).toEqual([
          ['first', 0n],
          ['second', 1n],
          ['third', 2n],
        ]);
      });

      test('an event comes back with everything that was known of it', async () => {
        const stream = newStream();
        const metadata = { correlationId: 'c-1', by: { name: 'Alice' } };
        const appended = { ...event('MoveMade', { column: 'D' }), metadata };
        await store.appendToStream(stream, [appended], { expectedRevision: 'any' });
        const [recorded] = await store.readStream(stream);
        expect(recorded).toMatchObject({ ...appended, stream, revision: 0n });
        expect(typeof recorded?.position).toBe('bigint');
        expect(recorded?.recordedAt).toBeInstanceOf(Date);
        expect(Math.abs(Date.now() - Number(recorded?.recordedAt))).toBeLessThan(24 * 60 * 60 * 1000);
      });

      test('an event that was appended without metadata has empty metadata', async () => {
        const stream = newStream();
        await store.appendToStream(stream, [event('MoveMade')], { expectedRevision: 'any' });
        expect((await store.readStream(stream))[0]?.metadata).toEqual({});
      });

      test('reading can begin at a revision and end after a number of events', async () => {
        const stream = newStream();
        await store.appendToStream(
          stream,
          ['a', 'b', 'c', 'd'].map((type) => event(type)),
          { expectedRevision: 'any' },
        );
        const types = async (options: { fromRevision?: bigint; maxCount?: number }) =>
          (await store.readStream(stream, options)).map(({ type }) => type).join('');
        expect(await types({ fromRevision: 2n })).toBe('cd');
        expect(await types({ maxCount: 3 })).toBe('abc');
        expect(await types({ fromRevision: 1n, maxCount: 2 })).toBe('bc');
        expect(await types({ fromRevision: 3n, maxCount: 10 })).toBe('d');
        expect(await types({ fromRevision: 4n })).toBe('');
        expect(await types({ fromRevision: 99n })).toBe('');
      });

      test('streams do not mix, whatever their names have in common', async () => {
        const stream = newStream();
        const others = [`${stream}1`, `${stream}-`, stream.toUpperCase(), stream.slice(0, -1)];
        await store.appendToStream(stream, [event('mine')], { expectedRevision: 'no_stream' });
        for (const other of others) {
          await store.appendToStream(other, [event('theirs')], { expectedRevision: 'no_stream' });
        }
        expect((await store.readStream(stream)).map(({ type }) => type)).toEqual(['mine']);
      });

      test('positions grow from event to event, over all streams', async () => {
        const [one, two] = [newStream(), newStream()];
        await store.appendToStream(one, [event('a'), event('b')], { expectedRevision: 'any' });
        await store.appendToStream(two, [event('c')], { expectedRevision: 'any' });
        await store.appendToStream(one, [event('d')], { expectedRevision: 'any' });
        const [a, b, d] = (await store.readStream(one)).map(({ position }) => position);
        const [c] = (await store.readStream(two)).map(({ position }) => position);
        const positions = [a, b, c, d].map(Number);
        expect(positions).toEqual(positions.toSorted((left, right) => left - right));
        expect(new Set(positions).size).toBe(4);
      });

      test.each([
        [{ fromRevision: -1n }],
        [{ maxCount: 0 }],
        [{ maxCount: -1 }],
        [{ maxCount: 1.5 }],
        [{ maxCount: NaN }],
      ])('refuses to read with %o', async (options) => {
        await expect(store.readStream(newStream(), options)).rejects.toThrow(InvalidRequestError);
      });
    });

    describe('appending to a stream', () => {
      test('the answer is the revision of the last event', async () => {
        const stream = newStream();
        expect(await store.appendToStream(stream, [event()], { expectedRevision: 'no_stream' })).toBe(0n);
        expect(await store.appendToStream(stream, [event(), event()], { expectedRevision: 0n })).toBe(2n);
        expect(await store.appendToStream(stream, [event()], { expectedRevision: 'any' })).toBe(3n);
        expect(await store.appendToStream(stream, [event()], { expectedRevision: 'stream_exists' })).toBe(4n);
      });

      test.each<[string, ExpectedRevision, number, bigint | 'no_stream']>([
        ['no_stream, and the stream exists', 'no_stream', 1, 0n],
        ['stream_exists, and it does not', 'stream_exists', 0, 'no_stream'],
        ['a revision of a stream that does not exist', 0n, 0, 'no_stream'],
        ['a revision that the stream has passed', 0n, 3, 2n],
        ['a revision that the stream has not reached', 5n, 2, 1n],
      ])('refuses an append that expects %s, and writes nothing', async (_, expectedRevision, length, actual) => {
        const stream = newStream();
        for (let count = 0; count < length; count += 1) {
          await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
        }
        const error = await rejectionOf(store.appendToStream(stream, [event(), event()], { expectedRevision }));
        expect(error).toBeInstanceOf(WrongExpectedRevisionError);
        expect(error).toMatchObject({ stream, expected: expectedRevision, actual });
        expect(error.message).toContain(stream);
        expect(await store.readStream(stream)).toHaveLength(length);
      });

      test('any makes a stream that does not exist, and lengthens one that does', async () => {
        const stream = newStream();
        await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
        await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      test('all of the events of an append are stored, or none', async () => {
        const stream = newStream();
        const events = [event('fine'), { ...event('broken'), data: 1n as unknown as Json }, event('fine')];
        await expect(store.appendToStream(stream, events, { expectedRevision: 'any' })).rejects.toThrow(
          InvalidRequestError,
        );
        expect(await store.readStream(stream)).toEqual([]);
      });

      test('of 50 appends at the same revision at once, exactly one is stored', async () => {
        const stream = newStream();
        await store.appendToStream(stream, [event('start')], { expectedRevision: 'no_stream' });
        const appends = Array.from({ length: 50 }, (_, index) =>
          store.appendToStream(stream, [event(`writer ${index}`)], { expectedRevision: 0n }),
        );
        const outcomes = await Promise.allSettled(appends);
        const failures = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(failures).toHaveLength(49);
        for (const { reason } of failures) expect(reason).toBeInstanceOf(WrongExpectedRevisionError);
        const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
        expect((await store.readStream(stream)).map(({ type }) => type)).toEqual(['start', `writer ${winner}`]);
      });

      test('a stream can hold 10,000 events', async () => {
        const stream = newStream();
        for (let start = 0; start < 10_000; start += 1000) {
          const events = Array.from({ length: 1000 }, (_, index) => event('counted', start + index));
          await store.appendToStream(stream, events, {
            expectedRevision: start === 0 ? 'no_stream' : BigInt(start - 1),
          });
        }
        const events = await store.readStream(stream);
        expect(events.map(({ data }) => data)).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
        expect(events.at(-1)?.revision).toBe(9_999n);
      }, 60_000);

      test('changing an object after it was appended does not change the event', async () => {
        const stream = newStream();
        const data = { column: 'D' };
        await store.appendToStream(stream, [event('MoveMade', data)], { expectedRevision: 'any' });
        data.column = 'E';
        const [first] = await store.readStream(stream);
        (first?.data as { column: string }).column = 'F';
        expect((await store.readStream(stream))[0]?.data).toEqual({ column: 'D' });
      });
    });

    describe('an append that is repeated, because its answer was lost', () => {
      test.each<[string, ExpectedRevision]>([
        ['no_stream', 'no_stream'],
        ['any', 'any'],
      ])('into a new stream with %s stores nothing twice and answers the same', async (_, expectedRevision) => {
        const stream = newStream();
        const events = [event('a'), event('b'), event('c')];
        expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
        expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
        expect(await store.readStream(stream)).toHaveLength(3);
      });

      test.each<[string, ExpectedRevision]>([
        ['its revision', 0n],
        ['stream_exists', 'stream_exists'],
        ['any', 'any'],
      ])('into an existing stream with %s stores nothing twice and answers the same', async (_, expectedRevision) => {
        const stream = newStream();
        await store.appendToStream(stream, [event('start')], { expectedRevision: 'no_stream' });
        const events = [event('a'), event('b')];
        expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
        expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
        expect(await store.readStream(stream)).toHaveLength(3);
      });

      test('is recognized when others have appended since', async () => {
        const stream = newStream();
        const events = [event('mine')];
        await store.appendToStream(stream, events, { expectedRevision: 'no_stream' });
        await store.appendToStream(stream, [event('theirs')], { expectedRevision: 0n });
        expect(await store.appendToStream(stream, events, { expectedRevision: 'no_stream' })).toBe(0n);
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      test('is refused when it is not the same any more', async () => {
        const stream = newStream();
        const events = [event('a'), event('b')];
        await store.appendToStream(stream, events, { expectedRevision: 'no_stream' });
        const longer = [...events, event('c')];
        await expect(store.appendToStream(stream, longer, { expectedRevision: 'no_stream' })).rejects.toThrow(
          WrongExpectedRevisionError,
        );
        expect(await store.readStream(stream)).toHaveLength(2);
      });
    });

    describe('what is stored', () => {
      test('any JSON comes back as it was', async () => {
        const json = fc.jsonValue({ noUnicodeString: false });
        await fc.assert(
          fc.asyncProperty(json, async (data) => {
            const stream = newStream();
            await store.appendToStream(stream, [event('MoveMade', data as Json)], { expectedRevision: 'any' });
            const expected: unknown = JSON.parse(JSON.stringify(data));
            expect((await store.readStream(stream))[0]?.data).toEqual(expected);
          }),
          { numRuns: 50 },
        );
      });

      test('names of streams, types and data may hold any character', async () => {
        const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
        await fc.assert(
          fc.asyncProperty(text, text, async (name, type) => {
            const stream = `${newStream()}-${name}`;
            await store.appendToStream(stream, [event(type, { text: name })], { expectedRevision: 'no_stream' });
            expect(await store.readStream(stream)).toMatchObject([{ stream, type, data: { text: name } }]);
          }),
          { numRuns: 50, examples: [['Ünï-côdé 🎲 \u0000 \u202e', 'Zug 手 🙂']] },
        );
      });

      test.each([
        ['no events', 'stream', []],
        ['an empty type', 'stream', [event('')]],
        ['an id that is no UUID', 'stream', [{ ...event(), id: '42' }]],
        ['data that JSON cannot say', 'stream', [{ ...event(), data: undefined as unknown as Json }]],
        ['an empty name', '', [event()]],
        ['a name that belongs to the store', '$all', [event()]],
        ['a name with half a character', 'half \ud83d', [event()]],
      ])('refuses an append with %s', async (_, stream, events) => {
        const append = store.appendToStream(stream, events, { expectedRevision: 'any' });
        await expect(append).rejects.toThrow(InvalidRequestError);
      });

      test.each([-1n, 0 as unknown as bigint, 'sometimes' as unknown as bigint])(
        'refuses %s as an expected revision',
        async (expectedRevision) => {
          const append = store.appendToStream(newStream(), [event()], { expectedRevision });
          await expect(append).rejects.toThrow(InvalidRequestError);
        },
      );
    });

    describeSubscriptions(() => store, open);

    describe('closing', () => {
      test('after it, every call fails with a clear error, and closing again does not', async () => {
        const closed = await open();
        await closed.close();
        await expect(closed.readStream(newStream())).rejects.toThrow(EventStoreClosedError);
        const append = closed.appendToStream(newStream(), [event()], { expectedRevision: 'any' });
        await expect(append).rejects.toThrow(EventStoreClosedError);
        await closed.close();
      });
    });
  });
}

async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('this was expected to fail');
}
