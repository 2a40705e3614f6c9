import { randomUUID } from 'node:crypto';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';

/**
 * What an append came to: the name of its error, and how many events the stream has for its writer.
 */
export type Answer = { readonly error?: string; readonly seen: number };

// Appends an event to the stream `full` for each message.
const [file = ''] = process.argv.slice(2);
const store = new SqliteEventStore(file);
const append = () =>
  store.appendToStream('full', [{ id: randomUUID(), type: 'Counted', data: {} }], { expectedRevision: 'any' });
await append();

process.on('message', () => void answer());
process.send?.('ready');

async function answer(): Promise<void> {
  const error = await append().then(
    () => undefined,
    (reason: unknown) => (reason instanceof Error ? reason.name : String(reason)),
  );
  const seen = (await store.readStream('full')).length;
  process.send?.({ ...(error !== undefined && { error }), seen } satisfies Answer);
}
