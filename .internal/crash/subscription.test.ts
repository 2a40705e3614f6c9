import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { writeUntilKilled } from './kill.ts';

test(
  'a subscriber receives every event of another process until that process is killed',
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'subscription-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'events.db');
    const store = new SqliteEventStore(file);
    const controller = new AbortController();
    const { signal } = controller;
    const [ofStream, ofAll]: [RecordedEvent[], RecordedEvent[]] = [[], []];
    const subscribing = [
      collect(store.subscribeToStream('counted', { signal }), ofStream),
      collect(store.subscribeToAll({ streamPrefix: 'count', signal }), ofAll),
    ];

    await writeUntilKilled(`sqlite:${file}`, 'counted', 300);
    const stored = await store.readStream('counted');
    expect(stored.length).toBeGreaterThan(0);
    while (ofStream.length < stored.length || ofAll.length < stored.length) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    controller.abort();
    await Promise.all(subscribing);
    expect(ofStream).toEqual(stored);
    expect(ofAll).toEqual(stored);
    await store.close();
  },
);

async function collect(subscription: AsyncIterable<RecordedEvent>, events: RecordedEvent[]): Promise<void> {
  for await (const event of subscription) events.push(event);
}
