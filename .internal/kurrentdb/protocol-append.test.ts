import { expect, test } from 'vitest';

import { describeProtocol, newEvent, newStream } from './protocol.ts';

describeProtocol('appending', ({ append, read, revisions }) => {
  test('the first event of a stream has revision 0n, and the answer contains it', async () => {
    expect(await append(newStream(), 'no_stream', newEvent())).toMatchObject({
      success: true,
      nextExpectedRevision: 0n,
    });
  });

  test.each(['no_stream', 'any'] as const)('the same event again with %s is stored once', async (state) => {
    const [stream, same] = [newStream(), newEvent()];
    await append(stream, 'no_stream', same);
    expect(await append(stream, state, same)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(await revisions(stream)).toEqual([0n]);
  });

  test('the same event again at the current revision is stored a second time', async () => {
    const [stream, same] = [newStream(), newEvent()];
    await append(stream, 'no_stream', same);
    expect(await append(stream, 0n, same)).toMatchObject({ nextExpectedRevision: 1n });
    expect(await revisions(stream)).toEqual([0n, 1n]);
  });

  test('three events again are stored once; with a fourth, they are refused', async () => {
    const [stream, three] = [newStream(), [newEvent(), newEvent(), newEvent()]];
    expect(await append(stream, 'no_stream', ...three)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await append(stream, 'no_stream', ...three)).toMatchObject({ nextExpectedRevision: 2n });
    await expect(append(stream, 'no_stream', ...three, newEvent())).rejects.toMatchObject({
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
    if (length > 0) await append(stream, 'any', ...Array.from({ length }, () => newEvent()));
    await expect(append(stream, expectedState, newEvent())).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: stream,
      expectedState,
      actualState,
    });
  });

  test('an append without events succeeds, and creates no stream', async () => {
    const stream = newStream();
    expect(await append(stream, 'no_stream')).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await expect(read(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('an append without events still checks the expected state', async () => {
    await expect(append(newStream(), 3n)).rejects.toMatchObject({ type: 'wrong-expected-version' });
  });

  test('an event of 1 MB is stored, one of 1.2 MB is too large', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent('Large', { text: 'x'.repeat(1_000_000) }));
    expect((await read(stream))[0]?.data).toEqual({ text: 'x'.repeat(1_000_000) });
    const tooLarge = append(stream, 'any', newEvent('Large', { text: 'x'.repeat(1_200_000) }));
    await expect(tooLarge).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 1_048_576,
    });
  });

  test('an append of small events is too large if their total size is', async () => {
    const stream = newStream();
    const half = () => newEvent('Half', { text: 'x'.repeat(600_000) });
    await expect(append(stream, 'any', half(), half())).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
    });
    await expect(read(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  test('an empty type and an empty name are refused', async () => {
    await expect(append(newStream(), 'any', newEvent(''))).rejects.toMatchObject({ type: 'unknown' });
    await expect(append('', 'any', newEvent())).rejects.toMatchObject({ type: 'unknown' });
  });

  test('exactly one of 50 concurrent appends at the same revision succeeds', async () => {
    const stream = newStream();
    await append(stream, 'no_stream', newEvent());
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => append(stream, 0n, newEvent())));
    const reasons = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as { type: string }] : [],
    );
    expect(reasons.map(({ type }) => type)).toEqual(Array.from({ length: 49 }, () => 'wrong-expected-version'));
  });
});
