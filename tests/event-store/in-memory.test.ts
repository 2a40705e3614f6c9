import { expect, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { describeEventStore } from './contract.ts';
import { event } from './contract-support.ts';

describeEventStore('the in-memory adapter', () => Promise.resolve(new InMemoryEventStore()));

test('an append may hold 200,000 events', async () => {
  const store = new InMemoryEventStore();
  const events = Array.from({ length: 200_000 }, () => event());
  expect(await store.appendToStream('large', events, { expectedRevision: 'no_stream' })).toBe(199_999n);
});
