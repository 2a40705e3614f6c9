import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Hono } from 'hono';

import { problemOf, type BrokenCode } from './broken-code.ts';
import { listen, type Listening, type ListenOptions } from './listen.ts';
import { checkHost } from './requests.ts';
import { securityHeaders } from './security-headers.ts';
import { sendMessages, type Message } from './sse.ts';

type BrokenOptions = ListenOptions & { readonly framedBy?: string | undefined };

const javascript = { 'Content-Type': 'text/javascript; charset=utf-8' };

/** Looks for another page each second, until there is one. Between two servers there is none. */
const script = `let shown;
const timer = setInterval(async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const text = await answer.text();
    shown ??= text;
    if (answer.status === 503 && text === shown) return;
    clearInterval(timer); // a slow page would never come if it was asked for again each second
    location.reload();
  } catch {}
}, 1000);`;

const ownStyle = `
.broken { max-width: 45rem; margin: 4rem auto; padding: 0 1rem; }
.broken main { display: grid; gap: var(--space-4); }
.broken pre { padding: var(--space-4); background: var(--bad-soft); border-left: 3px solid var(--bad); }
`;

/** How often a stream sends a heartbeat, in milliseconds. */
const heartbeatMs = 2000;

/**
 * Serves the place of the error in the game's code, in place of the game, until the program ends. A
 * page that is open is told through its stream, and a new one comes back by itself. This imports no
 * code of the game.
 */
export async function serveBroken(broken: BrokenCode, options: BrokenOptions): Promise<Listening> {
  const problem = problemOf(broken);
  const closing = new AbortController();
  const style = readFileSync(join(import.meta.dirname, '..', 'client', 'theme.css'), 'utf8');
  const app = new Hono();
  app.use(securityHeaders(options.framedBy), checkHost);
  app.get('/broken.css', (context) =>
    context.body(style + ownStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );
  app.get('/broken.js', (context) => context.body(script, 200, javascript));
  app.all('*', (context) => {
    const accept = context.req.header('Accept') ?? '';
    if (accept.includes('text/event-stream')) {
      return sendMessages(context, (signal) => toldOnce({ name: 'problem', data: problem }, signal), {
        heartbeatMs,
        closing: closing.signal,
      });
    }
    context.header('Retry-After', '1');
    context.header('Cache-Control', 'no-store');
    if (accept.includes('text/html')) return context.html(pageOf(broken), 503);
    return context.json(problem, 503, { 'Content-Type': 'application/problem+json' });
  });
  const server = await listen(app.fetch, options);
  const close = async () => {
    const closed = server.close();
    closing.abort();
    await closed;
  };
  return { ...server, close };
}

/** One message. Heartbeats follow until the viewer goes, or the server closes. */
async function* toldOnce(message: Message, signal: AbortSignal): AsyncGenerator<Message, void, undefined> {
  yield message;
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
}

function pageOf({ message, place: { file, line, column }, line: text }: BrokenCode): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The code cannot be loaded · Connect Four</title>
    <link rel="stylesheet" href="/broken.css" />
    <script type="module" src="/broken.js"></script>
  </head>
  <body class="broken">
    <main>
      <h1>The code cannot be loaded</h1>
      <p><code>${escaped(`${file}:${line}:${column}`)}</code></p>
      <p>${escaped(message)}</p>
      <pre>${escaped(`${text}\n${' '.repeat(column)}^`)}</pre>
      <p>The game comes back with the next save.</p>
    </main>
  </body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
