import { readdirSync } from 'node:fs';

import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

import { openEventStore } from '../../src/event-store/open.ts';
import { bundlePage } from '../../src/web/server/bundle.ts';
import { GameService } from '../../src/web/server/games.ts';
import { startServer } from '../../src/web/server/server.ts';

// The servers of the benchmark, each in a process of its own: `bare` is a route of Hono that takes
// JSON and answers with JSON, everything else is the URL of an event store. It sends its address,
// and then, for each message, the processor time that it has used, or its memory and open files.
const [kind = 'bare'] = process.argv.slice(2);

if (kind === 'bare') {
  const app = new Hono().post('/api/games/:id/commands', async (context) =>
    context.json({ revision: Object.keys(await context.req.json()).length }),
  );
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address !== null && typeof address === 'object') process.send?.(`http://127.0.0.1:${address.port}`);
  });
} else {
  const games = new GameService(await openEventStore(kind));
  const { url } = await startServer({ games, page: await bundlePage(), port: 0 });
  process.send?.(url);
}

process.on('message', (what) => {
  if (what === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
    return;
  }
  globalThis.gc?.();
  process.send?.({ heap: process.memoryUsage().heapUsed, files: openFiles() });
});

function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
