import { randomUUID } from 'node:crypto';

import { WrongExpectedRevisionError } from '../../src/event-store/event-store.ts';
import { openEventStore } from '../../src/event-store/open.ts';

// Appends at each revision that it is told, and answers whether it has won it.
const [url = '', name = ''] = process.argv.slice(2);
const store = await openEventStore(url);
process.on('message', (revision: number) => void race(revision));
process.send?.('ready');

async function race(revision: number): Promise<void> {
  const expectedRevision = revision === 0 ? 'no_stream' : BigInt(revision - 1);
  try {
    await store.appendToStream('race', [{ id: randomUUID(), type: 'Won', data: name }], { expectedRevision });
    process.send?.(true);
  } catch (error) {
    if (!(error instanceof WrongExpectedRevisionError)) throw error;
    process.send?.(false);
  }
}
