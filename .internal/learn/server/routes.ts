import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { z } from 'zod';

import { applySchema, commandSchema, gameSchema, hintSchema, saveSchema, typesSchema } from '../messages.ts';
import { bundlePlayground, type PageFiles } from './bundle.ts';
import { readText } from './files.ts';
import { checkBody, checkHost, checkSender, securityHeaders } from './guard.ts';
import type { Workplace } from './workplace.ts';
import { RefusedError } from './problem.ts';
import { readVersion, versionsOf } from './versions.ts';

/** What the routes need. */
export type RouteOptions = {
  readonly workplace: Workplace;
  readonly page: Promise<PageFiles>;
  /** A sender with it may write the learner's files. */
  readonly token: string;
};

/** What the server answers, path by path. */
export function createRoutes({ workplace, page, token }: RouteOptions) {
  const app = new Hono<{ Variables: { secureHeadersNonce?: string } }>();
  app.use(securityHeaders, checkHost);
  app.onError((error, context) => {
    if (error instanceof RefusedError) return context.json(error.problem, error.status);
    console.error(error);
    return context.json({ code: 'mistake', detail: `This is a mistake of the learning page. ${error.message}` }, 500);
  });
  app.notFound((context) => context.json({ code: 'not-found', detail: 'Nothing is here.' }, 404));

  app.get('/', compress(), async (context) => {
    const { html, build } = await page;
    const values: Readonly<Record<string, string>> = {
      TOKEN: token,
      BUILD: build,
      NONCE: context.get('secureHeadersNonce') ?? '',
    };
    context.header('Cache-Control', 'no-store'); // it contains the token
    return context.html(html.replace(/\b(TOKEN|BUILD|NONCE)\b/g, (name) => values[name] ?? ''));
  });
  for (const [path, type, file] of [
    ['/page.js', 'text/javascript; charset=utf-8', 'script'],
    ['/page.css', 'text/css; charset=utf-8', 'style'],
    ['/icon.svg', 'image/svg+xml', 'icon'],
  ] as const) {
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
    app.get(path, compress(), etag(), async (context) => context.body((await page)[file], 200, headers));
  }
  app.get('/playground.js', async (context) =>
    context.body(await bundlePlayground(workplace.root), 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
    }),
  );

  app.use('/api/*', checkSender(token));
  for (const check of checkBody) app.on(['POST', 'PUT'], '/api/*', check);
  app.get('/api/live', (context) =>
    workplace.live.follow(context, () => [
      { name: 'place', data: workplace.place },
      { name: 'run', data: workplace.tests.view },
      { name: 'game', data: workplace.game.view },
    ]),
  );
  app.get('/api/file', (context) => context.json(readText(workplace.root, context.req.query('path') ?? '')));
  app.put('/api/file', async (context) => context.json(await workplace.save(await read(context, saveSchema))));
  app.get('/api/versions', (context) => context.json(versionsOf(workplace.root, pathIn(context))));
  app.get('/api/version', (context) => {
    const text = readVersion(workplace.root, context.req.query('name') ?? '');
    if (text === undefined) throw new RefusedError(404, 'not-found', 'There is no such version.');
    return context.json({ text });
  });
  app.post('/api/types', async (context) => context.json(await workplace.types.ask(await read(context, typesSchema))));
  app.post('/api/run', async (context) => {
    await read(context, z.unknown());
    workplace.tests.run();
    return context.json({});
  });
  app.post('/api/game', async (context) => {
    const { isWanted } = await read(context, gameSchema);
    if (isWanted) workplace.game.start();
    else await workplace.game.stop();
    return context.json({});
  });
  app.post('/api/hint', async (context) => {
    const { step, shown } = await read(context, hintSchema);
    workplace.hint(step, shown);
    return context.json({});
  });
  app.get('/api/solution', async (context) => context.json(await workplace.solution(context.req.query('step'))));
  app.post('/api/apply', async (context) => {
    const { step } = await read(context, applySchema);
    return context.json(await workplace.apply(step));
  });
  app.post('/api/command', async (context) => {
    return context.json(await workplace.command(await read(context, commandSchema)));
  });
  return app;
}

/** A path of a file of the exercise. */
function pathIn({ req }: Context): string {
  const path = req.query('path') ?? '';
  if (/^src\/[\w./-]+$/.test(path) && !path.split('/').includes('..')) return path;
  throw new RefusedError(403, 'not-readable', `The page cannot open ${path}.`);
}

/** @throws RefusedError with the places of what is wrong with the body */
async function read<Body>({ req }: Context, schema: z.ZodType<Body>): Promise<Body> {
  const json: unknown = await req.json().catch(() => {
    throw new RefusedError(400, 'invalid-json', 'The body is not valid JSON.');
  });
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const places = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new RefusedError(400, 'invalid-request', places.join(' '));
}
