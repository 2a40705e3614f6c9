import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';

import { startStandIn, type StandIn } from '../../.internal/kurrentdb/server.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openEventStore } from '../../src/event-store/open.ts';
import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { SubscriberHost } from '../../src/subscriptions/host.ts';
import { projecting } from '../../src/subscriptions/projecting.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import type { Pair } from '../support/examples.ts';
import { appendTo } from '../support/logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'subscribers-'));
let server: StandIn = await startStandIn({ port: 0, file: join(folder, 'server.db') });
const { port, connectionString } = server;
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const urls = { memory: 'memory:', SQLite: `sqlite:${join(folder, 'events.db')}`, KurrentDB: connectionString };

/** Runs the leaderboard until the test, or the caller, ends it. */
function runLeaderboard(store: EventStore, file: string) {
  const model = openModel(file);
  const ended = new AbortController();
  const subscriber = projecting(leaderboard, model);
  const host = new SubscriberHost(store, [{ subscriber, state: model, leaseFile: `${file}.lease`, isReadModel: true }]);
  const running = host.run(ended.signal);
  const end = async () => {
    ended.abort();
    await running;
    model.close();
  };
  onTestFinished(end);
  return { model, host, end };
}

async function winGame(store: EventStore, gameId: string, players: Pair = ['Alice', 'Bob']): Promise<void> {
  await appendTo(store, gameId, ...afterMoves('ABABABA', players), finished('player one won'));
}

function wonBy(model: Model, player = 'Alice'): number | undefined {
  return standingsIn(model).find((standing) => standing.player === player)?.won;
}

describe.each(Object.entries(urls))('the same subscriber on %s', (name, url) => {
  test('catches up, goes on live, and resumes', { timeout: 60_000 }, async () => {
    const store = await openEventStore(url);
    onTestFinished(() => store.close());
    const file = join(folder, `${name}.db`);
    await winGame(store, 'g1');
    const first = runLeaderboard(store, file);
    await expect.poll(() => wonBy(first.model), { timeout: 20_000 }).toBe(1);
    await winGame(store, 'g2');
    await expect.poll(() => wonBy(first.model), { timeout: 20_000 }).toBe(2);
    await first.end();

    await winGame(store, 'g3');
    const second = runLeaderboard(store, file);
    await expect.poll(() => wonBy(second.model), { timeout: 20_000 }).toBe(3);
    expect(second.model.checkpoint).toMatchObject({ stream: 'game-g3', revision: 8n });
  });
});

test('on KurrentDB, a subscriber goes on after the server was restarted', { timeout: 120_000 }, async () => {
  const store = await openEventStore(connectionString);
  onTestFinished(() => store.close());
  const { model, host } = runLeaderboard(store, join(folder, 'restarted.db'));
  await winGame(store, 'r1', ['Carol', 'Dave']);
  await expect.poll(() => wonBy(model, 'Carol'), { timeout: 20_000 }).toBe(1);
  await server.close();
  // A client that tries to connect may hold the port for a moment.
  server = await vi.waitFor(() => startStandIn({ port, file: join(folder, 'server.db') }), { timeout: 20_000 });
  const writer = await openEventStore(connectionString); // its appends do not meet the lost connection
  onTestFinished(() => writer.close());
  await winGame(writer, 'r2', ['Carol', 'Dave']);
  await expect.poll(() => wonBy(model, 'Carol'), { timeout: 60_000 }).toBe(2);
  expect(host.troubleOf('leaderboard')).toBeUndefined();
});
