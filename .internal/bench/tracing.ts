import { randomUUID } from 'node:crypto';

import { NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { traced } from '../../src/operations/traced-store.ts';
import { compare } from './compare.ts';

/** The number of appends in a round. */
const times = 2000;

/** Spans that end go nowhere: what is measured is making them. */
const nowhere: SpanProcessor = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Measures what spans around a store cost: first without a started SDK, then with one. */
export async function benchTracing(): Promise<void> {
  const stores: readonly (readonly [string, () => EventStore])[] = [
    ['in memory', () => new InMemoryEventStore()],
    ['SQLite', () => new SqliteEventStore(':memory:')],
  ];
  for (const sdk of ['no SDK', 'with the SDK'] as const) {
    if (sdk === 'with the SDK') {
      new NodeTracerProvider({ spanProcessors: [nowhere] }).register();
    }
    for (const [name, open] of stores) {
      await compare({
        what: `append with spans, ${sdk}`,
        durable: 'in memory',
        beside: `the bare store (${name})`,
        ours: () => appends(traced(open())),
        other: () => appends(open()),
        times,
      });
    }
  }
}

async function appends(store: EventStore): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    const event = { id: randomUUID(), type: 'MoveMade', data: { player: 'Ann', column: 'D' } };
    await store.appendToStream(`game-${count % 50}`, [event], { expectedRevision: 'any' });
  }
  await store.close();
}
