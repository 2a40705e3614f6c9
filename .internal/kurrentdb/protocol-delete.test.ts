import { expect, test } from 'vitest';

import { describeProtocol, newEvent, newStream } from './protocol.ts';

describeProtocol('deleting', ({ client, append, read, revisions }) => {
  test('a deleted stream is not found, and continues with its next revision', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent(), newEvent());
    await client().deleteStream(stream);
    await expect(read(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
    expect(await append(stream, 'no_stream', newEvent('again'))).toMatchObject({ nextExpectedRevision: 2n });
    expect((await read(stream)).map(({ type, revision }) => [type, revision])).toEqual([['again', 2n]]);
  });

  test('a deleted stream does not exist, and keeps its last revision', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent(), newEvent());
    await client().deleteStream(stream);
    await expect(append(stream, 'stream_exists', newEvent())).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    expect(await append(stream, 1n, newEvent())).toMatchObject({ nextExpectedRevision: 2n });
    expect(await revisions(stream)).toEqual([2n]);
  });

  test('a tombstoned stream refuses reads and appends', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent());
    await client().tombstoneStream(stream);
    await expect(read(stream)).rejects.toMatchObject({ type: 'stream-deleted' });
    await expect(append(stream, 'any', newEvent())).rejects.toMatchObject({ type: 'stream-deleted' });
  });

  test('a wrong expected revision deletes nothing', async () => {
    const stream = newStream();
    await append(stream, 'any', newEvent());
    await expect(client().deleteStream(stream, { expectedRevision: 7n })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
    expect(await revisions(stream)).toEqual([0n]);
  });
});
