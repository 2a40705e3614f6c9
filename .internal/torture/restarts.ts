import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { EventStoreUnavailableError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { openEventStore } from '../../src/event-store/open.ts';
import { drawnGame } from '../bench/drawn-game.ts';
import { installedPrograms, startPostgresql } from '../postgresql/server.ts';
import { inFolder } from './folder.ts';
import type { Ordeal, Outcome } from './ordeal.ts';

const times = { whole: 50, short: 5 };

/** The time that a subscriber has for the rest of the events, at the end. */
const patienceMs = 60_000;

/** The stand-in for KurrentDB is killed, and started again, under three games and a subscriber. */
export const standInRestarts: Ordeal = {
  name: 'kurrentdb',
  what: 'kill -9 of the KurrentDB stand-in, under 3 games and a subscriber',
  times,
  run: (restarts, tick) =>
    inFolder(async (folder) => {
      const port = await freePort();
      const start = () => startStandIn(port, join(folder, 'events.db'));
      let child = await start();
      const outcome = await playThrough(`kurrentdb://127.0.0.1:${port}?tls=false`, restarts, tick, {
        kill: async () => {
          child.kill('SIGKILL');
          await once(child, 'close');
        },
        start: async () => {
          child = await start();
        },
      });
      child.kill('SIGKILL');
      return outcome;
    }),
};

export const postgresqlRestarts: Ordeal = {
  name: 'postgresql',
  what: 'kill -9 of PostgreSQL, under 3 games and a subscriber',
  times,
  run: (restarts, tick) =>
    inFolder(async (folder) => {
      const programs = installedPrograms();
      if (programs === undefined) return { skipped: 'PostgreSQL is not installed here' };
      const server = await startPostgresql({ programs, folder, port: 0 });
      const outcome = await playThrough(server.url, restarts, tick, {
        kill: () => server.stop('SIGKILL'),
        start: server.start,
      });
      await server.stop();
      return outcome;
    }),
};

type Server = { readonly kill: () => Promise<void>; readonly start: () => Promise<void> };

/** Three games are played again and again, until the server has been away that often. */
async function playThrough(url: string, restarts: number, tick: () => void, server: Server): Promise<Outcome> {
  const [writer, reader] = [await openEventStore(url), await openEventStore(url)];
  const seen: RecordedEvent[] = [];
  const ended = new AbortController();
  await writer.appendToStream('game-0', drawnGame().slice(0, 1), { expectedRevision: 'no_stream' });
  const subscribing = (async () => {
    for await (const event of reader.subscribeToAll({ streamPrefix: 'game-', signal: ended.signal })) seen.push(event);
  })();
  while (seen.length === 0) await delay(10);
  const over = new AbortController();
  const isOver = () => over.signal.aborted;
  const acknowledged = new Map<string, readonly string[]>();
  const player = async (number: number) => {
    for (let game = 0; !isOver(); game += 1) {
      const stream = `game-${number}-${game}`;
      const ids: string[] = [];
      acknowledged.set(stream, ids);
      for (const event of drawnGame()) {
        await appended(writer, stream, event, ids.length);
        ids.push(event.id);
        if (isOver()) break;
      }
    }
  };
  const playing = Promise.all([1, 2, 3].map(player));
  for (let restart = 0; restart < restarts; restart += 1) {
    await delay(100 + ((restart * 53) % 200));
    await server.kill();
    await delay((restart * 31) % 300);
    await server.start();
    tick();
  }
  over.abort();
  await playing;
  const lost: string[] = [];
  const log = await reader.readAll({ streamPrefix: 'game-' });
  for (const [stream, ids] of acknowledged) {
    const stored = log.filter((event) => event.stream === stream).map(({ id }) => id);
    if (!isDeepStrictEqual(stored, ids))
      lost.push(`${stream}: ${ids.length} events acknowledged, ${stored.length} stored`);
  }
  for (const deadline = Date.now() + patienceMs; seen.length < log.length && Date.now() < deadline;) await delay(10);
  ended.abort();
  await subscribing;
  if (
    !isDeepStrictEqual(
      seen.map(({ id }) => id),
      log.map(({ id }) => id),
    )
  ) {
    lost.push('the subscriber has seen other events than the log has, or in another order');
  }
  await Promise.all([writer.close(), reader.close()]);
  const note = `${log.length.toLocaleString('en-US')} events, each stored once and delivered once`;
  return { tried: restarts, lost, ...(lost.length === 0 && { note }) };
}

/** Appends as a patient program does: the same event again, until there is an answer. */
async function appended(
  store: EventStore,
  stream: string,
  event: Parameters<EventStore['appendToStream']>[1][number],
  length: number,
): Promise<void> {
  for (;;) {
    try {
      await store.appendToStream(stream, [event], {
        expectedRevision: length === 0 ? 'no_stream' : BigInt(length - 1),
      });
      return;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError)) throw error;
      await delay(50);
    }
  }
}

async function startStandIn(port: number, file: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, '..', 'kurrentdb', 'main.ts'), ['--port', `${port}`, '--file', file], {
    execArgv: ['--import', 'tsx'],
    silent: true,
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
