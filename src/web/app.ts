import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import type { SSEMessage } from 'hono/streaming';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

import type { PageFiles } from './bundle.ts';
import type { Games } from './games.ts';
import { decentSize, headers, ownHost, ownPage } from './guards.ts';
import { RequestBudget, Seats, type Limits } from './limits.ts';
import { sendLive } from './live.ts';
import { isMistake, RequestError, toProblem } from './problem.ts';
import { readCommand, readGameId, readNextRevision, readRaceRequest } from './requests.ts';
import type { Hello } from './wire.ts';

/** What the server answers, path by path. */
export function createApp(games: Games, page: PageFiles, limits: Limits, closing: AbortSignal): Hono {
  const app = new Hono();
  const budget = new RequestBudget(limits);
  const seats = new Seats(limits.streams);

  app.onError(answerProblem);
  app.notFound((context) => {
    if (context.req.header('Accept')?.includes('text/html') === true) return context.html(page.html, 404);
    return answerProblem(new RequestError(404, 'not-found', 'Nothing is here.'), context);
  });
  app.use(headers, ownHost, async (context, next) => {
    budget.spend(getConnInfo(context).remote.address ?? '');
    await next();
  });

  const file = (path: string, type: string, text: string) => {
    app.get(path, (context) => context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }));
  };
  file('/', 'text/html; charset=utf-8', page.html);
  file('/games/:id', 'text/html; charset=utf-8', page.html);
  file('/page.js', 'text/javascript; charset=utf-8', page.script);
  file('/page.css', 'text/css; charset=utf-8', page.style);
  file('/icon.svg', 'image/svg+xml', page.icon);

  app.get('/api/games/live', (context) =>
    live(context, async function* (signal) {
      yield hello({ build: page.build, events: 0 });
      for await (const list of games.followList(signal)) yield { event: 'list', data: JSON.stringify(list) };
    }),
  );

  app.get('/api/games/:id/live', (context) => {
    const gameId = readGameId(context.req.param('id'));
    const next = readNextRevision(context.req.header('Last-Event-ID') ?? context.req.query('after'));
    return live(context, async function* (signal) {
      yield hello({ build: page.build, events: await games.length(gameId) });
      for await (const event of games.follow(gameId, next, signal)) {
        yield { event: 'recorded', id: String(event.revision), data: JSON.stringify(event) };
      }
    });
  });

  app.post('/api/games/:id/commands', ownPage, decentSize, async (context) => {
    const gameId = readGameId(context.req.param('id'));
    return context.json(await games.handle(gameId, readCommand(await context.req.text())));
  });

  app.post('/api/games/:id/race', ownPage, decentSize, async (context) => {
    const gameId = readGameId(context.req.param('id'));
    const { events, expecting } = readRaceRequest(await context.req.text());
    return context.json(await games.race(gameId, events, expecting));
  });

  for (const [path, allowed] of [
    ['/', 'GET, HEAD'],
    ['/games/:id', 'GET, HEAD'],
    ['/:file{page\\.js|page\\.css|icon\\.svg}', 'GET, HEAD'],
    ['/api/games/live', 'GET'],
    ['/api/games/:id/live', 'GET'],
    ['/api/games/:id/commands', 'POST'],
    ['/api/games/:id/race', 'POST'],
  ] as const) {
    app.all(path, (context) => {
      context.header('Allow', allowed);
      return answerProblem(new RequestError(405, 'wrong-method', `Here, ${allowed} is possible.`), context);
    });
  }
  return app;

  function live(context: Context, messages: (signal: AbortSignal) => AsyncIterable<SSEMessage>): Response {
    if (context.req.method === 'HEAD') throw new RequestError(405, 'wrong-method', 'A live stream has no end to tell.');
    return sendLive(context, (signal) => withProblem(messages(signal)), closing, seats.take());
  }
}

/** A stream that fails says why, in its last message. */
async function* withProblem(messages: AsyncIterable<SSEMessage>): AsyncGenerator<SSEMessage, void, undefined> {
  try {
    yield* messages;
  } catch (error) {
    yield { event: 'problem', data: JSON.stringify(reported(error)) };
  }
}

function hello(message: Hello): SSEMessage {
  return { event: 'hello', data: JSON.stringify(message) };
}

function answerProblem(error: unknown, context: Context): Response {
  const problem = reported(error);
  if (problem.status === 429 || problem.status === 503) context.header('Retry-After', '1');
  return context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
  });
}

/** Who is at the terminal sees the whole of a mistake; who is far away sees that there was one. */
function reported(error: unknown) {
  const problem = toProblem(error);
  if (isMistake(problem)) console.error(error);
  return problem;
}
