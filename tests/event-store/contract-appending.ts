import { expect } from 'vitest';

import {
  InvalidRequestError,
  WrongExpectedRevisionError,
  type ExpectedRevision,
  type Json,
} from '../../src/event-store/event-store.ts';
import { each, event, expectRejection, newStream, upTo, type Cases } from './contract-support.ts';

export const appending: Cases = {
  'the answer is the revision of the last event': async ({ store }) => {
    const stream = newStream();
    expect(await store.appendToStream(stream, [event()], { expectedRevision: 'no_stream' })).toBe(0n);
    expect(await store.appendToStream(stream, [event(), event()], { expectedRevision: 0n })).toBe(2n);
    expect(await store.appendToStream(stream, [event()], { expectedRevision: 'any' })).toBe(3n);
    expect(await store.appendToStream(stream, [event()], { expectedRevision: 'stream_exists' })).toBe(4n);
  },

  ...each<readonly [string, ExpectedRevision, number, bigint | 'no_stream']>(
    [
      ['no_stream when the stream exists', 'no_stream', 1, 0n],
      ['stream_exists when it does not exist', 'stream_exists', 0, 'no_stream'],
      ['a revision of a stream that does not exist', 0n, 0, 'no_stream'],
      ['a revision that the stream has passed', 0n, 3, 2n],
      ['a revision that the stream has not reached', 5n, 2, 1n],
    ],
    ([what]) => `refuses an append that expects ${what}, and writes nothing`,
    async ([, expectedRevision, length, actual], { store }) => {
      const stream = newStream();
      for (let count = 0; count < length; count += 1) {
        await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
      }
      const append = store.appendToStream(stream, [event(), event()], { expectedRevision });
      const error = await expectRejection(append, WrongExpectedRevisionError);
      expect(error).toMatchObject({ stream, expected: expectedRevision, actual });
      expect(error.message).toContain(stream);
      expect(await store.readStream(stream)).toHaveLength(length);
    },
  ),

  'any creates a missing stream and extends an existing one': async ({ store }) => {
    const stream = newStream();
    await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
    await store.appendToStream(stream, [event()], { expectedRevision: 'any' });
    expect(await store.readStream(stream)).toHaveLength(2);
  },

  'all of the events of an append are stored, or none': async ({ store }) => {
    const stream = newStream();
    const events = [event('fine'), { ...event('broken'), data: 1n as unknown as Json }, event('fine')];
    await expectRejection(store.appendToStream(stream, events, { expectedRevision: 'any' }), InvalidRequestError);
    expect(await store.readStream(stream)).toEqual([]);
  },

  'exactly one of 50 concurrent appends at the same revision is stored': async ({ store }) => {
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
  },

  'a stream can hold 10,000 events': async ({ store }) => {
    const stream = newStream();
    for (let start = 0; start < 10_000; start += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) => event('counted', start + index));
      await store.appendToStream(stream, events, {
        expectedRevision: start === 0 ? 'no_stream' : BigInt(start - 1),
      });
    }
    const events = await store.readStream(stream);
    expect(events.map(({ data }) => data)).toEqual(upTo(10_000));
    expect(events.at(-1)?.revision).toBe(9_999n);
  },

  ...each<bigint>(
    [-1n, 0 as unknown as bigint, 'sometimes' as unknown as bigint],
    (expectedRevision) => `refuses ${expectedRevision} as an expected revision`,
    async (expectedRevision, { store }) => {
      const append = store.appendToStream(newStream(), [event()], { expectedRevision });
      await expectRejection(append, InvalidRequestError);
    },
  ),
};

export const repeating: Cases = {
  ...each<ExpectedRevision>(
    ['no_stream', 'any'],
    (expected) => `into a new stream with '${expected}' stores nothing twice and is answered in the same way`,
    async (expectedRevision, { store }) => {
      const stream = newStream();
      const events = [event('a'), event('b'), event('c')];
      expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
      expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
      expect(await store.readStream(stream)).toHaveLength(3);
    },
  ),

  ...each<ExpectedRevision>(
    [0n, 'stream_exists', 'any'],
    (expected) => `into an existing stream with '${expected}' stores nothing twice and is answered in the same way`,
    async (expectedRevision, { store }) => {
      const stream = newStream();
      await store.appendToStream(stream, [event('start')], { expectedRevision: 'no_stream' });
      const events = [event('a'), event('b')];
      expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
      expect(await store.appendToStream(stream, events, { expectedRevision })).toBe(2n);
      expect(await store.readStream(stream)).toHaveLength(3);
    },
  ),

  'is recognized after appends of other writers': async ({ store }) => {
    const stream = newStream();
    const events = [event('mine')];
    await store.appendToStream(stream, events, { expectedRevision: 'no_stream' });
    await store.appendToStream(stream, [event('theirs')], { expectedRevision: 0n });
    expect(await store.appendToStream(stream, events, { expectedRevision: 'no_stream' })).toBe(0n);
    expect(await store.readStream(stream)).toHaveLength(2);
  },

  'is refused when its events differ': async ({ store }) => {
    const stream = newStream();
    const events = [event('a'), event('b')];
    await store.appendToStream(stream, events, { expectedRevision: 'no_stream' });
    const longer = [...events, event('c')];
    await expectRejection(
      store.appendToStream(stream, longer, { expectedRevision: 'no_stream' }),
      WrongExpectedRevisionError,
    );
    expect(await store.readStream(stream)).toHaveLength(2);
  },
};
