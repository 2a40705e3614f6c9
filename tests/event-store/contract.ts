import { afterAll, beforeAll, describe, test } from 'vitest';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { appending, repeating } from './contract-appending.ts';
import { reading, storing } from './contract-reading.ts';
import { readingAll } from './contract-reading-all.ts';
import { closing, subscribing, subscribingToAll } from './contract-subscribing.ts';
import type { Cases } from './contract-support.ts';

/** The promises of every event store. */
export const contract: Readonly<Record<string, Cases>> = {
  'reading a stream': reading,
  'reading all streams': readingAll,
  'appending to a stream': appending,
  'repeating an append after a lost answer': repeating,
  'storing events': storing,
  'subscribing to a stream': subscribing,
  'subscribing to all streams': subscribingToAll,
  closing,
};

/**
 * Tests the contract. The test file of an adapter only says how to open it.
 *
 * @param name the adapter, for the names of the tests
 * @param open opens a store, which need not be empty
 */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(`the contract of the event store: ${name}`, () => {
    let store: EventStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    describe.each(Object.entries(contract))('%s', (_, cases) => {
      test.each(Object.entries(cases))('%s', { timeout: 60_000 }, async (__, check) => {
        await check({ store, open, silenceMs: 30_000 });
      });
    });
  });
}
