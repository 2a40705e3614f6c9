import { jsonEvent, STREAM_STATE, UnsupportedError, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { expect, test, type TestContext } from 'vitest';

import { describeProtocol, newEvent, newStream } from './protocol.ts';

describeProtocol('appending records', ({ client, append, read, revisions }) => {
  const record = (streamName: string, type = 'Happened') => ({ streamName, record: jsonEvent({ type, data: {} }) });

  /** Servers before 26.1 do not have this call. The test reports itself as skipped there. */
  const appendRecords = async (
    { skip }: TestContext,
    records: Parameters<KurrentDBClient['appendRecords']>[0],
    checks?: Parameters<KurrentDBClient['appendRecords']>[1],
  ) => {
    try {
      return await client().appendRecords(records, checks);
    } catch (error) {
      if (error instanceof UnsupportedError) return skip(error.message);
      throw error;
    }
  };

  test('events for several streams are stored atomically, in their order', async (context) => {
    const [one, two] = [newStream(), newStream()];
    const { responses, position } = await appendRecords(context, [
      record(one, 'a'),
      record(two, 'b'),
      record(one, 'c'),
    ]);
    expect(responses).toEqual([
      { streamName: one, revision: 1n },
      { streamName: two, revision: 0n },
    ]);
    expect((await read(one)).map(({ type }) => type)).toEqual(['a', 'c']);
    expect((await read(one)).at(-1)?.position?.commit).toBe(position);
  });

  test('metadata with strings is read unchanged', async (context) => {
    const stream = newStream();
    const event = jsonEvent({ type: 'Happened', data: { text: '手' }, metadata: { by: 'Alice' } });
    await appendRecords(context, [{ streamName: stream, record: event }]);
    expect(await read(stream)).toMatchObject([
      { id: event.id, type: 'Happened', data: { text: '手' }, metadata: { by: 'Alice' }, isJson: true },
    ]);
  });

  test('a failed check on another stream refuses the whole append', async (context) => {
    const [written, checked] = [newStream(), newStream()];
    await append(checked, 'any', newEvent());
    const attempt = appendRecords(
      context,
      [record(written)],
      [
        { type: STREAM_STATE, streamName: written, expectedState: 'no_stream' },
        { type: STREAM_STATE, streamName: checked, expectedState: 'no_stream' },
      ],
    );
    await expect(attempt).rejects.toMatchObject({
      type: 'append-consistency-violation',
      violations: [{ checkIndex: 1, streamName: checked, expectedState: 'no_stream', actualState: 0n }],
    });
    await expect(read(written)).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('an append passes when its checks hold, and each failed check is named', async (context) => {
    const [written, one, none] = [newStream(), newStream(), newStream()];
    await append(one, 'any', newEvent());
    const check = (streamName: string, expectedState: 'stream_exists' | 'no_stream' | bigint) =>
      ({ type: STREAM_STATE, streamName, expectedState }) as const;
    await appendRecords(context, [record(written)], [check(one, 0n), check(none, 'no_stream')]);
    await expect(
      appendRecords(context, [record(written)], [check(one, 5n), check(none, 'stream_exists')]),
    ).rejects.toMatchObject({
      violations: [
        { checkIndex: 0, expectedState: 5n, actualState: 0n },
        { checkIndex: 1, expectedState: 'stream_exists', actualState: 'no_stream' },
      ],
    });
    expect(await revisions(written)).toEqual([0n]);
  });

  test('the same records again, with the same check, are stored once', async (context) => {
    const records = [record(newStream()), record(newStream())];
    const checks = records.map(
      ({ streamName }) => ({ type: STREAM_STATE, streamName, expectedState: 'no_stream' }) as const,
    );
    const first = await appendRecords(context, records, checks);
    expect(await appendRecords(context, records, checks)).toMatchObject({ responses: first.responses });
    expect(await revisions(records[0]?.streamName ?? '')).toEqual([0n]);
  });

  test('more than 1 MiB in total is too large', async (context) => {
    const half = () => jsonEvent({ type: 'Half', data: { text: 'x'.repeat(600_000) } });
    const records = [newStream(), newStream()].map((streamName) => ({ streamName, record: half() }));
    await expect(appendRecords(context, records)).rejects.toMatchObject({ type: 'transaction-max-size-exceeded' });
  });

  test('an append without records is refused', async (context) => {
    await expect(appendRecords(context, [])).rejects.toMatchObject({ type: 'unknown' });
  });
});

describeProtocol('appending to several streams', ({ client, append, read, revisions }) => {
  test('the events of all streams are stored, each with the expected state of its stream', async () => {
    const [one, two] = [newStream(), newStream()];
    const { responses } = await client().multiStreamAppend([
      { streamName: one, events: [newEvent('a'), newEvent('b')], expectedState: 'no_stream' },
      { streamName: two, events: [newEvent('c')], expectedState: 'any' },
    ]);
    expect(responses).toEqual([
      { streamName: one, revision: 1n },
      { streamName: two, revision: 0n },
    ]);
    expect((await read(one)).map(({ type }) => type)).toEqual(['a', 'b']);
  });

  test('one unexpected stream refuses the whole append', async () => {
    const [one, two] = [newStream(), newStream()];
    await append(two, 'any', newEvent());
    const attempt = client().multiStreamAppend([
      { streamName: one, events: [newEvent()], expectedState: 'no_stream' },
      { streamName: two, events: [newEvent()], expectedState: 'no_stream' },
    ]);
    await expect(attempt).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: two,
      expectedState: 'no_stream',
      actualState: 0n,
    });
    await expect(read(one)).rejects.toMatchObject({ type: 'stream-not-found' });
    expect(await revisions(two)).toEqual([0n]);
  });
});
