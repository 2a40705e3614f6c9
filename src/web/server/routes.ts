import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';

import { isGameId } from '../../application/game-id.ts';
import { forkRequestSchema, raceRequestSchema, sentCommandSchema, type Hello, type Problem } from '../messages.ts';
import type { PageFiles } from './bundle.ts';
import type { GameService } from './games.ts';
import type { Part } from './part.ts';
import { pictureHeaders, pictureOf } from './picture.ts';
import { toProblem } from './problems.ts';
import { refusal } from './refusal.ts';
import { checkHost, checkOrigin, limitBody, readBody, readMoment, readNextRevision, resumptionAt } from './requests.ts';
import { securityHeaders } from './security-headers.ts';
import { sendMessages, type Message } from './sse.ts';

/** What the routes need. */
export type RouteOptions = {
  readonly games: GameService;
  readonly page: PageFiles;
  readonly parts: readonly Part[];
  /** The origin whose pages may put this one into a frame; default: none. */
  readonly framedBy?: string | undefined;
  /** How often a stream sends a heartbeat. A page takes the connection for lost after 2.5. */
  readonly heartbeatMs: number;
  /** Is aborted when the server closes. */
  readonly closing: AbortSignal;
};

/** What the server answers, path by path. */
export function createRoutes({ games, page, parts, framedBy, heartbeatMs, closing }: RouteOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders(framedBy), checkHost);
  app.onError((error, context) => answerProblem(context, toProblem(error)));
  app.notFound((context) => {
    if (context.req.header('Accept')?.includes('text/html') === true) return context.html(page.html, 404);
    return answerProblem(context, toProblem(refusal(404, 'not-found', 'Nothing is here.')));
  });

  app.get('/games/:file{[\\w-]{1,64}\\.svg}', etag(), async (context) => {
    const gameId = context.req.param('file').slice(0, -'.svg'.length);
    const history = await games.history(gameId);
    if (history.length === 0) return context.notFound();
    return context.body(pictureOf(gameId, history, readMoment(context)), 200, pictureHeaders);
  });
  app.use('/games/:id', async (context, next) => (isGameId(context.req.param('id')) ? next() : context.notFound()));
  for (const [path, type, text] of [
    ['/', 'text/html; charset=utf-8', page.html],
    ['/games/:id', 'text/html; charset=utf-8', page.html],
    ...parts.map(({ name }) => [`/${name}`, 'text/html; charset=utf-8', page.html] as const),
    ['/page.js', 'text/javascript; charset=utf-8', page.script],
    ['/page.js.map', 'application/json', page.sourceMap],
    ['/page.css', 'text/css; charset=utf-8', page.style],
    ['/icon.svg', 'image/svg+xml', page.icon],
  ] as const) {
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
    app.get(path, compress(), etag(), (context) => context.body(text, 200, headers));
  }

  app.use('/api/games/:id/*', async (context, next) => {
    if (isGameId(context.req.param('id'))) return next();
    const sentence = 'No game has such an id: ids are made of letters, digits, hyphens and underscores.';
    throw refusal(404, 'not-found', sentence);
  });
  app.get('/api/games/live', (context) =>
    stream(context, async function* (signal) {
      yield hello(0);
      const lists = isPoll(context) ? [games.list.now] : games.list.follow(signal);
      for await (const list of lists) yield { name: 'list', data: list };
    }),
  );
  app.get('/api/games/:id/live', (context) => {
    const gameId = context.req.param('id');
    const next = readNextRevision(context);
    return stream(context, async function* (signal) {
      yield hello((await games.history(gameId)).length);
      const events = isPoll(context) ? await games.eventsFrom(gameId, next) : games.follow(gameId, next, signal);
      for await (const message of events) yield { name: 'recorded', ...resumptionAt(message), data: message };
    });
  });

  app.post('/api/games/:id/commands', checkOrigin, limitBody, async (context) => {
    const gameId = context.req.param('id');
    const sent = await readBody(context, sentCommandSchema);
    try {
      return context.json(await games.handle(gameId, sent));
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code !== 'conflict') return answerProblem(context, problem);
      return answerProblem(context, { ...problem, missed: await games.eventsFrom(gameId, (sent.lastSeen ?? -1) + 1) });
    }
  });
  app.post('/api/games/:id/race', checkOrigin, limitBody, async (context) => {
    const request = await readBody(context, raceRequestSchema);
    return context.json(await games.race(context.req.param('id'), request));
  });
  app.post('/api/games/:id/fork', checkOrigin, limitBody, async (context) => {
    const request = await readBody(context, forkRequestSchema);
    return context.json(await games.fork(context.req.param('id'), request));
  });
  app.get('/api/games/:id/trouble', async (context) => {
    return context.json(await games.trouble(context.req.param('id'), readMoment(context)));
  });
  for (const part of parts) {
    app.get(`/api/${part.name}/live`, (context) =>
      stream(context, async function* (signal) {
        yield hello(0);
        for await (const data of part.follow(signal)) {
          yield { name: 'view', data };
          if (isPoll(context)) return;
        }
      }),
    );
    app.post(`/api/${part.name}`, checkOrigin, limitBody, async (context) => {
      return context.json((await part.handle?.(await readBody(context, z.unknown()))) ?? {});
    });
  }
  return app;

  /** The answer to HEAD would be a stream that nobody reads. */
  function stream(context: Context, messages: (signal: AbortSignal) => AsyncIterable<Message>) {
    if (context.req.method === 'HEAD') return context.notFound();
    return sendMessages(context, (signal) => withProblem(messages(signal)), { heartbeatMs, closing });
  }

  function hello(events: number): Message {
    return { name: 'hello', data: { build: page.build, heartbeatMs, events } satisfies Hello };
  }
}

/** Whether the stream ends after what is stored: a window without a stream of its own polls. */
function isPoll({ req }: Context): boolean {
  return req.query('poll') !== undefined;
}

/** A stream that fails ends with the reason. */
async function* withProblem(messages: AsyncIterable<Message>): AsyncGenerator<Message, void, undefined> {
  try {
    yield* messages;
  } catch (error) {
    yield { name: 'problem', data: toProblem(error) };
  }
}

function answerProblem(context: Context, problem: Problem): Response {
  if (problem.status === 503) context.header('Retry-After', '1');
  return context.json(problem, problem.status as ContentfulStatusCode, { 'Content-Type': 'application/problem+json' });
}
