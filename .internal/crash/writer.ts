import { randomUUID } from 'node:crypto';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { openEventStore } from '../../src/event-store/open.ts';

// Appends batches to a stream as fast as possible, and prints a line for each acknowledgement,
// until it is killed.
const [url = '', stream = ''] = process.argv.slice(2);
const store: EventStore = await openEventStore(url);

let last = (await store.readStream(stream)).at(-1)?.revision;
for (let batch = 0; ; batch += 1) {
  const size = 1 + (batch % 5);
  const name = randomUUID();
  const events = Array.from({ length: size }, (_, index) => ({
    id: randomUUID(),
    type: 'Counted',
    data: { batch: name, index, size },
  }));
  last = await store.appendToStream(stream, events, { expectedRevision: last ?? 'no_stream' });
  process.stdout.write(`${name} ${last.toString()}\n`);
}
