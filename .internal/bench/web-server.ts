import { readdirSync } from 'node:fs';

import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';

import { openEventStore } from '../../src/event-store/open.ts';
import { bundlePage } from '../../src/web/server/bundle.ts';
import { GameService } from '../../src/web/server/games.ts';
import { startServer } from '../../src/web/server/server.ts';

// The servers of the benchmark, each in a process of its own: `bare` has routes of Hono alone,
// which store nothing; everything else is the URL of an event store. It sends its address, and
// then, for each message, the processor time that it has used, or its memory and open files.
const [kind = 'bare'] = process.argv.slice(2);

if (kind === 'bare') {
  const app = bareRoutes();
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

/** Takes JSON, answers with JSON, and sends each request to those who watch the game. */
function bareRoutes(): Hono {
  const viewers = new Map<string, SSEStreamingApi[]>();
  const counts = new Map<string, number>();
  const app = new Hono();
  app.get('/api/games/:id/live', (context) =>
    streamSSE(context, async (stream) => {
      const game = context.req.param('id');
      viewers.set(game, [...(viewers.get(game) ?? []), stream]);
      await stream.writeSSE({ id: '0', data: '{}' });
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
      });
    }),
  );
  app.post('/api/games/:id/commands', async (context) => {
    const game = context.req.param('id');
    const revision = (counts.get(game) ?? -1) + 1;
    counts.set(game, revision);
    const data = JSON.stringify(await context.req.json());
    for (const viewer of viewers.get(game) ?? []) void viewer.writeSSE({ id: `${revision}`, data });
    return context.json({ revision });
  });
  return app;
}

process.on('disconnect', () => {
  process.exit(); // the benchmark has ended
});

function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
