import type { ResolvedEvent } from '@kurrent/kurrentdb-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { collect, NoAnswerError, silenceTimeoutMs } from '../../src/event-store/kurrentdb/kurrentdb-events.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a long read may take longer than the longest silence of the server', async () => {
  const read = collect(slowRead(10, silenceTimeoutMs / 2));
  await vi.advanceTimersByTimeAsync(10 * silenceTimeoutMs);
  expect(await read).toHaveLength(10);
});

test('a read fails when the server falls silent during it', async () => {
  const read = collect(slowRead(10, silenceTimeoutMs * 2));
  const outcome = expect(read).rejects.toThrow(NoAnswerError);
  await vi.advanceTimersByTimeAsync(silenceTimeoutMs + 1);
  await outcome;
});

async function* slowRead(count: number, intervalMs: number): AsyncGenerator<ResolvedEvent> {
  for (let revision = 0; revision < count; revision += 1) {
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
    yield { event: recorded(BigInt(revision)) };
  }
}

function recorded(revision: bigint): NonNullable<ResolvedEvent['event']> {
  return {
    id: crypto.randomUUID(),
    type: 'MoveMade',
    data: {},
    metadata: {},
    isJson: true,
    streamId: 'game-1',
    revision,
    created: new Date(0),
    position: { commit: revision, prepare: revision },
  };
}
