import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { bundlePage } from '../../src/web/bundle.ts';
import { startServer } from '../../src/web/server.ts';
import { StoredGames } from '../../src/web/stored-games.ts';

// The servers of the benchmark, each in a process of its own: `bare` is a route of Hono that takes JSON and answers with JSON,
// `memory` is the game with a store in memory, and everything else is the file of an event store. It prints its address.
const [kind = 'memory'] = process.argv.slice(2);

if (kind === 'bare') {
  const app = new Hono().post('/', async (context) =>
    context.json({ revision: Object.keys(await context.req.json()).length }),
  );
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
  });
} else {
  const store = kind === 'memory' ? new InMemoryEventStore() : new SqliteEventStore(kind);
  const limits = { streams: 1000, requestsPerSecond: Infinity, burst: Infinity };
  const { url } = await startServer({ games: new StoredGames(store, kind), page: await bundlePage(), port: 0, limits });
  console.log(url);
}
