import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

/** The clock jumps before each append. Events keep the order of their appends. */
export const jumpingClock: Ordeal = {
  name: 'clock',
  what: 'a clock that jumps by up to ten years',
  times: { whole: 2000, short: 200 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      const store = new SqliteEventStore(join(folder, 'events.db'));
      const ended = new AbortController();
      const seen: RecordedEvent[] = [];
      const subscribing = (async () => {
        for await (const event of store.subscribeToAll({ signal: ended.signal })) seen.push(event);
      })();
      const tenYears = 10 * 365 * 24 * 3_600_000;
      const jumps = fc.sample(fc.integer({ min: -tenYears, max: tenYears }), { numRuns: times, seed: 15 });
      const lost: string[] = [];
      for (const [number, jump] of jumps.entries()) {
        await withClockAt(Date.now() + jump, () =>
          store.appendToStream(`clock-${number % 5}`, [{ id: randomUUID(), type: 'Counted', data: number }], {
            expectedRevision: 'any',
          }),
        );
        tick();
      }
      const log = await store.readAll();
      while (seen.length < times) await new Promise((resolve) => setTimeout(resolve, 5));
      ended.abort();
      await subscribing;
      await store.close();
      for (const [number, { data }] of log.entries())
        if (data !== number) lost.push(`event ${number} is ${String(data)}`);
      if (!isDeepStrictEqual(seen.map(asText), log.map(asText)))
        lost.push('a subscriber has seen other events, or another order');
      return { tried: times, lost };
    }),
};

/** With a clock that jumps, two equal dates may be of two classes. */
function asText({ id, revision, position, recordedAt }: RecordedEvent): string {
  return [id, revision, position, recordedAt.toISOString()].join(' ');
}

/** Calls with another time of `new Date()` and `Date.now()`. */
async function withClockAt<Result>(time: number, call: () => Promise<Result>): Promise<Result> {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...values: readonly unknown[]) {
      super(...((values.length === 0 ? [time] : values) as [number]));
    }
    static override now = () => time;
  } as DateConstructor;
  try {
    return await call();
  } finally {
    globalThis.Date = RealDate;
  }
}
