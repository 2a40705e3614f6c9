import { randomUUID } from 'node:crypto';

import {
  BACKWARDS,
  END,
  eventTypeFilter,
  FORWARDS,
  jsonEvent,
  KurrentDBClient,
  START,
  streamNameFilter,
  type ResolvedEvent,
} from '@kurrent/kurrentdb-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/**
 * How a KurrentDB server answers the real client, call by call, as it was seen on one.
 *
 * @param name the server, for the names of the tests
 * @param connect gives its connection string
 */
export function describeProtocol(name: string, connect: () => Promise<string>): void {
  describe(`the protocol of KurrentDB, spoken by ${name}`, () => {
    let client: KurrentDBClient;
    beforeAll(async () => {
      client = KurrentDBClient.connectionString(await connect());
    });
    afterAll(() => client.dispose());

    const event = (type = 'Happened', data: Record<string, unknown> = {}, id = randomUUID()) =>
      jsonEvent({ id, type, data });
    const append = (
      stream: string,
      streamState: 'no_stream' | 'any' | 'stream_exists' | bigint,
      ...events: ReturnType<typeof event>[]
    ) => client.appendToStream(stream, events, { streamState });
    const read = async (stream: string, options: Parameters<KurrentDBClient['readStream']>[1] = {}) => {
      const events: NonNullable<ResolvedEvent['event']>[] = [];
      for await (const { event } of client.readStream(stream, options)) if (event) events.push(event);
      return events;
    };
    const revisions = async (stream: string) => (await read(stream)).map(({ revision }) => revision);

    describe('append', () => {
      test('the first event of a stream has revision 0n, and that is the answer', async () => {
        expect(await append(newStream(), 'no_stream', event())).toMatchObject({
          success: true,
          nextExpectedRevision: 0n,
        });
      });

      test.each(['no_stream', 'any'] as const)('the very same event again with %s is stored once', async (state) => {
        const [stream, same] = [newStream(), event()];
        await append(stream, 'no_stream', same);
        expect(await append(stream, state, same)).toMatchObject({ success: true, nextExpectedRevision: 0n });
        expect(await revisions(stream)).toEqual([0n]);
      });

      test('the very same event again at the revision that is current is stored a second time', async () => {
        const [stream, same] = [newStream(), event()];
        await append(stream, 'no_stream', same);
        expect(await append(stream, 0n, same)).toMatchObject({ nextExpectedRevision: 1n });
        expect(await revisions(stream)).toEqual([0n, 1n]);
      });

      test('three events again are stored once; with a fourth, they are refused', async () => {
        const [stream, three] = [newStream(), [event(), event(), event()]];
        expect(await append(stream, 'no_stream', ...three)).toMatchObject({ nextExpectedRevision: 2n });
        expect(await append(stream, 'no_stream', ...three)).toMatchObject({ nextExpectedRevision: 2n });
        await expect(append(stream, 'no_stream', ...three, event())).rejects.toMatchObject({
          type: 'wrong-expected-version',
        });
        expect(await revisions(stream)).toEqual([0n, 1n, 2n]);
      });

      test.each([
        ['no_stream on a stream at 1n', 'no_stream', 2, 1n],
        ['5n on a stream at 1n', 5n, 2, 1n],
        ['stream_exists on no stream', 'stream_exists', 0, 'no_stream'],
        ['0n on no stream', 0n, 0, 'no_stream'],
      ] as const)('%s is a wrong expected version', async (_, expectedState, length, actualState) => {
        const stream = newStream();
        if (length > 0) await append(stream, 'any', ...Array.from({ length }, () => event()));
        await expect(append(stream, expectedState, event())).rejects.toMatchObject({
          type: 'wrong-expected-version',
          streamName: stream,
          expectedState,
          actualState,
        });
      });

      test('no events at all are a success, and make no stream', async () => {
        const stream = newStream();
        expect(await append(stream, 'no_stream')).toMatchObject({ success: true, nextExpectedRevision: 0n });
        await expect(read(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
      });

      test('no events at all still have their expectation checked', async () => {
        await expect(append(newStream(), 3n)).rejects.toMatchObject({ type: 'wrong-expected-version' });
      });

      test('an event of 1 MB is stored, one of 1.2 MB is too large', async () => {
        const stream = newStream();
        await append(stream, 'any', event('Large', { text: 'x'.repeat(1_000_000) }));
        expect((await read(stream))[0]?.data).toEqual({ text: 'x'.repeat(1_000_000) });
        const tooLarge = append(stream, 'any', event('Large', { text: 'x'.repeat(1_200_000) }));
        await expect(tooLarge).rejects.toMatchObject({
          type: 'maximum-append-size-exceeded',
          maxAppendSize: 1_048_576,
        });
      });

      test('an empty type and an empty name are refused', async () => {
        await expect(append(newStream(), 'any', event(''))).rejects.toMatchObject({ type: 'unknown' });
        await expect(append('', 'any', event())).rejects.toMatchObject({ type: 'unknown' });
      });

      test('of 50 appends at the same revision at once, exactly one succeeds', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', event());
        const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => append(stream, 0n, event())));
        const reasons = outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' ? [outcome.reason as { type: string }] : [],
        );
        expect(reasons.map(({ type }) => type)).toEqual(Array.from({ length: 49 }, () => 'wrong-expected-version'));
      });
    });

    describe('read', () => {
      test('a stream that does not exist is not found', async () => {
        await expect(read(newStream())).rejects.toMatchObject({ type: 'stream-not-found' });
      });

      test('forwards, backwards, from a revision and with a limit', async () => {
        const stream = newStream();
        await append(stream, 'no_stream', event('a'), event('b'), event('c'));
        const types = async (options: Parameters<KurrentDBClient['readStream']>[1]) =>
          (await read(stream, options)).map(({ type }) => type).join('');
        expect(await types({ direction: FORWARDS, fromRevision: START })).toBe('abc');
        expect(await types({ direction: BACKWARDS, fromRevision: END })).toBe('cba');
        expect(await types({ fromRevision: 1n, maxCount: 1 })).toBe('b');
        expect(await types({ direction: BACKWARDS, fromRevision: 1n })).toBe('ba');
        expect(await types({ direction: BACKWARDS, fromRevision: END, maxCount: 1 })).toBe('c');
        expect(await types({ fromRevision: 99n })).toBe('');
      });

      test('10,000 events come in their order', async () => {
        const stream = newStream();
        for (let start = 0; start < 10_000; start += 1000) {
          await append(
            stream,
            'any',
            ...Array.from({ length: 1000 }, (_, index) => event('Counted', { index: start + index })),
          );
        }
        expect((await read(stream)).map(({ data }) => (data as { index: number }).index)).toEqual(
          Array.from({ length: 10_000 }, (_, index) => index),
        );
      });

      test('names, types, data and metadata of any script come back', async () => {
        const stream = `${newStream()}-Ünï 手 🎲`;
        await client.appendToStream(
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

      test('$maxCount leaves the last events, with their revisions', async () => {
        const stream = newStream();
        await append(stream, 'any', event(), event(), event());
        await client.setStreamMetadata(stream, { maxCount: 2 });
        expect(await revisions(stream)).toEqual([1n, 2n]);
        expect((await client.getStreamMetadata(stream)).metadata).toMatchObject({ maxCount: 2 });
      });

      test('$maxAge leaves the events that are young enough', async () => {
        const stream = newStream();
        await append(stream, 'any', event());
        await client.setStreamMetadata(stream, { maxAge: 3600 });
        expect(await revisions(stream)).toEqual([0n]);
        await client.setStreamMetadata(stream, { maxAge: 1 });
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        await append(stream, 'any', event());
        expect(await revisions(stream)).toEqual([1n]);
      });
    });

    describe('the log of all streams', () => {
      const all = async (options: Parameters<KurrentDBClient['readAll']>[0]) => {
        const events: NonNullable<ResolvedEvent['event']>[] = [];
        for await (const { event } of client.readAll(options)) if (event) events.push(event);
        return events;
      };

      test('has the events of all streams in the order of their positions, both ways', async () => {
        const [one, two] = [newStream(), newStream()];
        await append(one, 'any', event('a'));
        await append(two, 'any', event('b'));
        await append(one, 'any', event('c'));
        const last = await all({ direction: BACKWARDS, fromPosition: END, maxCount: 3 });
        expect(last.map(({ type }) => type)).toEqual(['c', 'b', 'a']);
        const from = last[2]?.position;
        const forwards = await all({ direction: FORWARDS, fromPosition: from ?? START });
        expect(forwards.slice(0, 3).map(({ type }) => type)).toEqual(['a', 'b', 'c']);
        const commits = forwards.map(({ position }) => position?.commit ?? 0n);
        expect(commits).toEqual(commits.toSorted((left, right) => Number(left - right)));
      });

      test('can be filtered by the name of the stream and by the type of the event', async () => {
        const name = `filter${randomUUID()}`;
        await append(`${name}-1`, 'any', event(`${name}A`), event(`${name}B`));
        await append(`other${name}`, 'any', event(`${name}C`));
        const types = async (filter: NonNullable<Parameters<typeof all>[0]>['filter'] & object) =>
          (await all({ filter })).map(({ type }) => type.replace(name, '')).join('');
        expect(await types(streamNameFilter({ prefixes: [`${name}-`] }))).toBe('AB');
        expect(await types(streamNameFilter({ regex: `^other${name}$` }))).toBe('C');
        expect(await types(eventTypeFilter({ prefixes: [`${name}A`, `${name}C`] }))).toBe('AC');
        expect(await types(eventTypeFilter({ regex: `^${name}[BC]$` }))).toBe('BC');
      });
    });

    describe('delete', () => {
      test('a deleted stream is not found, and goes on where it was', async () => {
        const stream = newStream();
        await append(stream, 'any', event(), event());
        await client.deleteStream(stream);
        await expect(read(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
        expect(await append(stream, 'no_stream', event('again'))).toMatchObject({ nextExpectedRevision: 2n });
        expect((await read(stream)).map(({ type, revision }) => [type, revision])).toEqual([['again', 2n]]);
      });

      test('a tombstone takes no read and no append', async () => {
        const stream = newStream();
        await append(stream, 'any', event());
        await client.tombstoneStream(stream);
        await expect(read(stream)).rejects.toMatchObject({ type: 'stream-deleted' });
        await expect(append(stream, 'any', event())).rejects.toMatchObject({ type: 'stream-deleted' });
      });

      test('a wrong expectation deletes nothing', async () => {
        const stream = newStream();
        await append(stream, 'any', event());
        await expect(client.deleteStream(stream, { expectedRevision: 7n })).rejects.toMatchObject({
          type: 'wrong-expected-version',
        });
        expect(await revisions(stream)).toEqual([0n]);
      });
    });

    describe('subscribe', () => {
      test('to a stream: what is there, then what comes, without a gap or a duplicate', async () => {
        const stream = newStream();
        await append(stream, 'any', ...Array.from({ length: 500 }, () => event()));
        const subscription = client.subscribeToStream(stream, { fromRevision: START });
        const writing = (async () => {
          for (let count = 0; count < 500; count += 1) await append(stream, 'any', event());
        })();
        const seen: bigint[] = [];
        for await (const { event } of subscription) {
          if (event) seen.push(event.revision);
          if (seen.length === 1000) break;
        }
        await writing;
        expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => BigInt(index)));
      });

      test('from a revision means after it, and from the end only what comes', async () => {
        const stream = newStream();
        await append(stream, 'any', event('a'), event('b'));
        const after = client.subscribeToStream(stream, { fromRevision: 0n });
        const end = client.subscribeToStream(stream, { fromRevision: END });
        await confirmed(end);
        await append(stream, 'any', event('c'));
        expect(await firstOf(after)).toMatchObject({ type: 'b', revision: 1n });
        expect(await firstOf(end)).toMatchObject({ type: 'c', revision: 2n });
      });

      test('to a stream that does not exist yet: it waits', async () => {
        const stream = newStream();
        const subscription = client.subscribeToStream(stream, { fromRevision: START });
        await confirmed(subscription);
        await append(stream, 'any', event('first'));
        expect(await firstOf(subscription)).toMatchObject({ type: 'first' });
      });

      test('to all streams with a filter: confirmation first, then the events, with checkpoints on the way', async () => {
        const name = `subscribe${randomUUID()}`;
        const checkpoints: bigint[] = [];
        await append(`${name}-1`, 'any', event('a'));
        const subscription = client.subscribeToAll({
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
        await append(newStream(), 'any', event('not wanted'));
        await append(`${name}-2`, 'any', event('b'));
        const seen: string[] = [];
        for await (const { event } of subscription) {
          if (event) seen.push(event.type);
          if (seen.length === 2) break;
        }
        expect(seen).toEqual(['a', 'b']);
        expect(checkpoints.length).toBeGreaterThan(0);
      });
    });

    describe('what is not served, and what is around it', () => {
      test('projections and persistent subscriptions fail with an error of the client', async () => {
        // A real server serves both when it is told to; it is not, in the container of this repository.
        await expect(client.createProjection('p', 'fromAll()')).rejects.toBeInstanceOf(Error);
      });
    });

    function confirmed(subscription: { once(event: 'confirmation', listener: () => void): unknown }): Promise<void> {
      return new Promise((resolve) => void subscription.once('confirmation', resolve));
    }

    async function firstOf(subscription: AsyncIterable<ResolvedEvent>) {
      for await (const { event } of subscription) if (event) return event;
      return undefined;
    }
  });
}

function newStream(): string {
  return `protocol-${randomUUID()}`;
}
