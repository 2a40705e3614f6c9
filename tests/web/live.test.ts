import { randomUUID } from 'node:crypto';
import { getEventListeners, once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';

import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import type { EventMessage, ListOfGames } from '../../src/web/messages.ts';
import { GameService } from '../../src/web/server/games.ts';
import { sendMessages } from '../../src/web/server/sse.ts';
import { tiedGame } from '../support/games.ts';
import { move, post, revisionsUntil, serve, start, watch, type Message } from './client.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Collects the messages of a stream until the signal is aborted. */
function collect(url: string, signal?: AbortSignal): Message[] {
  const messages: Message[] = [];
  void (async () => {
    for await (const message of watch(url, signal ? { signal } : {})) messages.push(message);
  })().catch(() => undefined);
  return messages;
}

test('a viewer gets what is there, and then what comes', async () => {
  const { url } = await serve();
  await post(`${url}/api/games/g1/commands`, start());
  const messages = collect(`${url}/api/games/g1/live`);
  await until(() => messages.length === 2);
  await post(`${url}/api/games/g1/commands`, move('Alice', 'D', 0));
  await until(() => messages.length === 3);
  expect(messages.map(({ event, id }) => [event, id])).toEqual([
    ['hello', undefined],
    ['recorded', '0'],
    ['recorded', '1'],
  ]);
  expect(messages[0]?.data).toEqual({ build: 'test', heartbeatMs: 2000, events: 1 });
  const last = messages[2]?.data as EventMessage;
  expect(last.event).toEqual({ type: 'MoveMade', data: { player: 'Alice', column: 'D' } });
  expect(last.recorded).toMatchObject({ stream: 'game-g1', revision: 1, type: 'MoveMade' });
  expect(Date.parse(last.recorded.recordedAt)).not.toBeNaN();
});

test.each([
  ['a header', (url: string) => revisionsUntil(url, 3, 1)],
  ['the query, as a page does that begins anew', (url: string) => revisionsUntil(`${url}?after=1`, 3)],
])('a viewer that comes back goes on behind its last event, which it names in %s', async (_, come) => {
  const { url } = await serve();
  await post(`${url}/api/games/g1/commands`, start());
  for (const [turn, player] of ['Alice', 'Bob', 'Alice'].entries()) {
    await post(`${url}/api/games/g1/commands`, move(player, 'D', turn));
  }
  expect(await come(`${url}/api/games/g1/live`)).toEqual([2, 3]);
});

test('a Last-Event-ID that is not a revision is refused', async () => {
  const { url } = await serve();
  const answer = await fetch(`${url}/api/games/g1/live`, { headers: { 'Last-Event-ID': 'x' } });
  expect(answer.status).toBe(400);
});

test('an event that cannot be read is shown, and says why', async () => {
  const { url, store } = await serve();
  await post(`${url}/api/games/g1/commands`, start());
  const broken = { id: randomUUID(), type: 'MoveMade', data: { player: 'Alice', column: 'Z' } };
  await store.appendToStream('game-g1', [broken], { expectedRevision: 'any' });
  const messages = collect(`${url}/api/games/g1/live`);
  await until(() => messages.length === 3);
  const shown = messages[2]?.data as EventMessage;
  expect(shown.event).toBeUndefined();
  expect(shown.problem).toMatchObject({ code: 'unreadable-event' });
  expect(shown.recorded.data).toEqual(broken.data);
});

test('the list of games is live, with the game first in which something has happened last', async () => {
  const { url } = await serve();
  const messages = collect(`${url}/api/games/live`);
  const games = () => (messages.at(-1)?.data as ListOfGames | undefined)?.games ?? [];
  await post(`${url}/api/games/g1/commands`, start());
  await post(`${url}/api/games/g2/commands`, start());
  await until(() => games().length === 2);
  expect(games().map(({ id }) => id)).toEqual(['g2', 'g1']);
  await post(`${url}/api/games/g1/commands`, move('Alice', 'D', 0));
  await until(() => games()[0]?.id === 'g1' && games()[0]?.moves === 1);
  expect(games()[0]).toEqual({ id: 'g1', playerOne: 'Alice', playerTwo: 'Bob', moves: 1, drops: 'D' });
});

test('a stream sends heartbeats', async () => {
  const { url } = await serve(undefined, { heartbeatMs: 20 });
  const messages = collect(`${url}/api/games/g1/live`);
  await until(() => messages.filter(({ event }) => event === 'heartbeat').length >= 2);
});

test('a viewer that has left leaves nothing behind', async () => {
  const { signal: closing } = new AbortController();
  const app = new Hono().get('/', (context) =>
    sendMessages(context, (left) => waiting(left), { heartbeatMs: 1000, closing }),
  );
  const viewers = await Promise.all(Array.from({ length: 20 }, async () => (await app.request('/')).body));
  expect(getEventListeners(closing, 'abort')).toHaveLength(20);
  await nextTurn();
  collectGarbage(); // it also takes what should have removed a listener, if nothing else keeps that
  for (const viewer of viewers) await viewer?.cancel();
  expect(getEventListeners(closing, 'abort')).toEqual([]);
});

async function* waiting(left: AbortSignal): AsyncGenerator<never, void, undefined> {
  await once(left, 'abort');
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

test('a stream for a window that polls ends after what is stored', async () => {
  const { url } = await serve();
  await post(`${url}/api/games/g1/commands`, start());
  await post(`${url}/api/games/g1/commands`, move('Alice', 'D', 0));
  const events: unknown[] = [];
  for await (const { event, id } of watch(`${url}/api/games/g1/live?after=0&poll`)) events.push([event, id]);
  expect(events).toEqual([
    ['hello', undefined],
    ['recorded', '1'],
  ]);
  const names: string[] = [];
  for await (const { event } of watch(`${url}/api/games/live?poll`)) names.push(event);
  expect(names).toEqual(['hello', 'list']);
});

test('an event is decoded once for all who watch', async () => {
  const store = new CountingStore();
  const { url } = await serve(store);
  await post(`${url}/api/games/g1/commands`, start());
  const viewers = Array.from({ length: 20 }, () => collect(`${url}/api/games/g1/live`));
  await until(() => viewers.every((messages) => messages.length === 2));
  const before = store.read;
  await post(`${url}/api/games/g1/commands`, move('Alice', 'D', 0));
  await until(() => viewers.every((messages) => messages.length === 3));
  expect(store.read - before, 'the reads of the command itself').toBe(1);
});

/** Counts how often a stream is read. */
class CountingStore extends InMemoryEventStore {
  read = 0;

  override readStream(...given: Parameters<InMemoryEventStore['readStream']>) {
    this.read += 1;
    return super.readStream(...given);
  }
}

test('closing ends every stream, and closes the store', async () => {
  const server = await serve();
  let ended = 0;
  for (let viewer = 0; viewer < 20; viewer += 1) {
    const messages: Message[] = [];
    void (async () => {
      for await (const message of watch(`${server.url}/api/games/g1/live`)) messages.push(message);
      ended += 1;
    })();
    await until(() => messages.length > 0);
  }
  await server.close();
  await until(() => ended === 20);
  await expect(server.store.readStream('game-g1')).rejects.toThrow('closed');
});

/** Games in which a viewer can read for ever. */
class EndlessGames extends GameService {
  made = 0;

  override async *follow(): AsyncGenerator<EventMessage, void, undefined> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const revision = (this.made += 1);
      const data = 'x'.repeat(10_000);
      const place = { stream: '', id: '', type: '', revision, position: revision, recordedAt: '' };
      yield { recorded: { ...place, data, metadata: {} } };
    }
  }
}

test('nothing piles up for a viewer that does not read, and it does not delay the end', async () => {
  const games = new EndlessGames(new InMemoryEventStore());
  const server = await serve(undefined, { games });
  const socket = connect(server.port, '127.0.0.1', () => {
    socket.write('GET /api/games/g1/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  });
  socket.pause();
  onTestFinished(() => void socket.destroy());

  // The system takes some megabytes for a connection. When those are full, no more is made.
  let before = -1;
  while (games.made !== before || games.made === 0) {
    before = games.made;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(games.made).toBeLessThan(10_000); // 100 MB
  }
  await server.close();
});

test('80 viewers and 400 moves: every viewer gets every event once, in order', async () => {
  const [games, viewersEach, moves] = [20, 4, 20];
  const { url } = await serve();
  const live = (game: number) => `${url}/api/games/g${game}/live`;
  const viewers = Array.from({ length: games * viewersEach }, async (_, viewer) => {
    const game = viewer % games;
    if (viewer % 10 !== 0) return revisionsUntil(live(game), moves);
    // Each tenth loses its connection in the middle, and comes back.
    const first = await revisionsUntil(live(game), moves / 2);
    return [...first, ...(await revisionsUntil(live(game), moves, first.at(-1)))];
  });
  const playing = Array.from({ length: games }, async (_, game) => {
    const commands = `${url}/api/games/g${game}/commands`;
    expect((await post(commands, start())).status).toBe(200);
    for (const [turn, column] of Array.from(tiedGame.slice(0, moves)).entries()) {
      const answer = await post(commands, move(turn % 2 === 0 ? 'Alice' : 'Bob', column, turn));
      expect(answer.status).toBe(200);
    }
  });
  await Promise.all(playing);
  const expected = Array.from({ length: moves + 1 }, (_, revision) => revision);
  for (const seen of await Promise.all(viewers)) expect(seen).toEqual(expected);
});
