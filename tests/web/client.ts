import { randomUUID } from 'node:crypto';

import { onTestFinished } from 'vitest';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { bundlePage, type PageFiles } from '../../src/web/server/bundle.ts';
import { GameService } from '../../src/web/server/games.ts';
import { openParts } from '../../src/web/server/parts.ts';
import { startServer, type ServerOptions } from '../../src/web/server/server.ts';

/** A page for tests that do not look at it. */
const somePage: PageFiles = {
  html: '<!doctype html>',
  script: '',
  sourceMap: '',
  style: '',
  icon: '',
  build: 'test',
};

/** A server of a test: it is closed when the test is over. */
export async function serve(store: EventStore = new InMemoryEventStore(), options: Partial<ServerOptions> = {}) {
  const server = await startServer({ games: new GameService(store), page: somePage, port: 0, ...options });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await server.close();
  };
  onTestFinished(close);
  return { ...server, close, store };
}

/** A server with the real page, for a browser. */
export async function serveThePage(options: Partial<ServerOptions> = {}) {
  const store = new InMemoryEventStore();
  const parts = (signal: AbortSignal) => openParts({ store, url: 'memory:', signal });
  return serve(store, { page: await builtPage(), parts, ...options });
}

let page: Promise<PageFiles> | undefined;

/** The page is built once for all tests. */
export function builtPage(): Promise<PageFiles> {
  return (page ??= bundlePage());
}

/** A command as the page sends it. */
export function command(type: string, data: unknown, lastSeen: number | null) {
  return { eventIds: [randomUUID(), randomUUID()], lastSeen, command: { type, data } };
}

export const start = (playerOne = 'Alice', playerTwo = 'Bob') => command('StartGame', { playerOne, playerTwo }, null);
export const move = (player: string, column: string, lastSeen: number) =>
  command('MakeMove', { player, column }, lastSeen);

/** Sends JSON, and reads the answer. */
export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: JSON.parse(text) as Record<string, unknown>,
  };
}

/** A server-sent event. */
export type Message = { readonly event: string; readonly id: string | undefined; readonly data: unknown };

/** Follows a live stream until it ends, or the signal is aborted. */
export async function* watch(
  url: string,
  { lastEventId, signal }: { lastEventId?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Message, void, undefined> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastEventId !== undefined) headers['Last-Event-ID'] = String(lastEventId);
  const response = await fetch(url, { headers, ...(signal && { signal }) });
  if (!response.ok || response.body === null) throw new Error(`${response.status} ${await response.text()}`);
  let rest = '';
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined) yield { event: field('event') ?? 'message', id: field('id'), data: JSON.parse(data) };
      }
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** The revisions of a game's live stream, up to and with the last one that is wanted. */
export async function revisionsUntil(url: string, last: number, lastEventId?: number): Promise<readonly number[]> {
  const revisions: number[] = [];
  for await (const { event, id } of watch(url, lastEventId === undefined ? {} : { lastEventId })) {
    if (event === 'recorded') revisions.push(Number(id));
    if (Number(id) >= last) break;
  }
  return revisions;
}
