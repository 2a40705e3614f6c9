import { Hono, type Context } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import { isGameId } from '../../application/game-id.ts';
import { raceRequestSchema, sentCommandSchema, type Hello, type Problem } from '../messages.ts';
import type { PageFiles } from './bundle.ts';
import type { GameService } from './games.ts';
import { isUnexpected, refusal, toProblem } from './problems.ts';
import { race } from './race.ts';
import { readBody, readGameId, readNextRevision } from './requests.ts';
import { checkHost, checkOrigin, limitBody, securityHeaders } from './security.ts';
import { sendMessages, type Message } from './sse.ts';

/** What the routes need. */
export type RouteOptions = {
  readonly games: GameService;
  readonly page: PageFiles;
  /**
   * How often a stream sends a heartbeat. A page takes the connection for lost after 2.5 of them.
   */
  readonly heartbeatMs: number;
  /** Is aborted when the server closes. */
  readonly closing: AbortSignal;
};

/** What the server answers, path by path. */
export function createRoutes({ games, page, heartbeatMs, closing }: RouteOptions): Hono {
  const app = new Hono();
  app.use(securityHeaders, checkHost);
  app.onError((error, context) => answerProblem(context, report(error, context)));
  app.notFound((context) => {
    if (context.req.header('Accept')?.includes('text/html') === true) return context.html(page.html, 404);
    return answerProblem(context, toProblem(refusal(404, 'not-found', 'Nothing is here.')));
  });

  app.use('/games/:id', async (context, next) => (isGameId(context.req.param('id')) ? next() : context.notFound()));
  for (const [path, type, text] of [
    ['/', 'text/html; charset=utf-8', page.html],
    ['/games/:id', 'text/html; charset=utf-8', page.html],
    ['/page.js', 'text/javascript; charset=utf-8', page.script],
    ['/page.js.map', 'application/json', page.sourceMap],
    ['/page.css', 'text/css; charset=utf-8', page.style],
    ['/icon.svg', 'image/svg+xml', page.icon],
  ] as const) {
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
    app.get(path, compress(), etag(), (context) => context.body(text, 200, headers));
  }

  app.get('/api/games/live', (context) =>
    stream(context, async function* (signal) {
      yield hello(0);
      if (isPoll(context)) yield { name: 'list', data: games.list.now };
      else for await (const list of games.list.follow(signal)) yield { name: 'list', data: list };
    }),
  );

  app.get('/api/games/:id/live', (context) => {
    const gameId = readGameId(context);
    const next = readNextRevision(context);
    return stream(context, async function* (signal) {
      yield hello((await games.history(gameId)).length);
      const events = isPoll(context) ? await games.eventsFrom(gameId, next) : games.follow(gameId, next, signal);
      for await (const message of events) yield { name: 'recorded', id: message.recorded.revision, data: message };
    });
  });

  app.post('/api/games/:id/commands', checkOrigin, limitBody, async (context) => {
    const gameId = readGameId(context);
    const sent = await readBody(context, sentCommandSchema);
    try {
      return context.json(await games.handle(gameId, sent));
    } catch (error) {
      const problem = report(error, context);
      if (problem.code !== 'conflict') return answerProblem(context, problem);
      return answerProblem(context, { ...problem, missed: await games.eventsFrom(gameId, (sent.lastSeen ?? -1) + 1) });
    }
  });

  app.post('/api/games/:id/race', checkOrigin, limitBody, async (context) => {
    const gameId = readGameId(context);
    const { events, isExpecting } = await readBody(context, raceRequestSchema);
    return context.json(await race(gameId, (await games.history(gameId)).slice(0, events), isExpecting));
  });
  return app;

  /** The answer to HEAD would be a stream that nobody reads. */
  function stream(context: Context, messages: (signal: AbortSignal) => AsyncIterable<Message>) {
    if (context.req.method === 'HEAD') return context.notFound();
    return sendMessages(context, (signal) => withProblem(messages(signal), context), { heartbeatMs, closing });
  }

  function hello(events: number): Message {
    return { name: 'hello', data: { build: page.build, heartbeatMs, events } satisfies Hello };
  }
}

/** Whether the stream ends after what is stored: a window without a stream of its own polls. */
function isPoll({ req }: Context): boolean {
  return req.query('poll') !== undefined;
}

/** A stream that fails says why in its last message. */
async function* withProblem(
  messages: AsyncIterable<Message>,
  context: Context,
): AsyncGenerator<Message, void, undefined> {
  try {
    yield* messages;
  } catch (error) {
    yield { name: 'problem', data: report(error, context) };
  }
}

function answerProblem(context: Context, problem: Problem): Response {
  if (problem.status === 503) context.header('Retry-After', '1');
  const headers = { 'Content-Type': 'application/problem+json' };
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, headers);
}

/** Logs an unexpected error, except for an upload that the client breaks off. */
function report(error: unknown, context: Context): Problem {
  const problem = toProblem(error);
  if (isUnexpected(problem) && !context.req.raw.signal.aborted) console.error(error);
  return problem;
}
