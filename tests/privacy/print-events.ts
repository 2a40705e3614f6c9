import { openStore } from '../../src/open-store.ts';

/** Prints all events of a store, as the programs read them. */
const store = await openStore(process.argv[2] ?? '');
for (const { position, revision, id, recordedAt, stream, type, data } of await store.readAll())
  console.log(`${position} ${revision} ${id} ${recordedAt.toISOString()} ${stream} ${type} ${JSON.stringify(data)}`);
await store.close();
