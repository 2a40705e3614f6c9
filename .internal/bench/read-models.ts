import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { catchUp, project, rebuild } from '../../src/read-models/project.ts';
import { waitFor } from '../../src/read-models/wait-for.ts';
import { projecting } from '../../src/subscriptions/projecting.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { compare, grow, millisecondsOf } from './compare.ts';
import { drawnGame } from './drawn-game.ts';
import { reportTimes } from './results.ts';

/** How many single events are projected. */
const singles = 300;

/** Games of nine events: Alice wins with her fourth token in column A. */
const wonGame = () => [...drawnGame().slice(0, 8), drawnGame().at(-1)].flatMap((event) => event ?? []);

/**
 * Measures rebuilds, what "once" costs for each event, and the way from an append to a read model.
 */
export async function benchReadModels(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const model = openModel(join(folder, 'model.db'));
  const sizes = [100, 1_000, 10_000];
  const stores = new Map<number, SqliteEventStore>();
  for (const games of sizes) stores.set(games, await storeWith(join(folder, `${games}.db`), games));
  const store = stores.get(10_000);
  if (store === undefined) return;

  const nothing = { name: 'nothing', version: 1, apply: () => undefined };
  const withoutRows = openModel(':memory:');
  await compare(
    {
      what: 'rebuild the leaderboard of 10,000 games',
      beside: 'the same events, no rows',
      ours: () => rebuild(store, leaderboard, model),
      other: async () => {
        withoutRows.clear();
        await catchUp(store, nothing, withoutRows);
      },
      times: 10_000,
    },
    9,
  );
  await grow('rebuild the leaderboard, by games', sizes, (games) =>
    millisecondsOf(() => rebuild(stores.get(games) ?? store, leaderboard, model)),
  );
  const events = await store.readAll({ maxCount: singles });
  await compare(
    {
      what: 'handle events exactly once (a commit each)',
      beside: 'at least once',
      ours: () => handleAll(events, model, (event) => projecting(leaderboard, model).handle(event)),
      other: () =>
        handleAll(events, model, (event) => {
          project(model, leaderboard, event);
        }),
      times: singles,
    },
    15,
  );
  reportTimes('from an append to the read model', await lags(store, openModel(join(folder, 'followed.db'))));
  for (const one of stores.values()) await one.close();
  rmSync(folder, { recursive: true });
}

async function storeWith(file: string, games: number): Promise<SqliteEventStore> {
  const store = new SqliteEventStore(file);
  for (let game = 0; game < games; game += 100) {
    const streams = Array.from({ length: 100 }, (_, index) => `game-${game + index}`);
    await Promise.all(
      streams.map((stream) => store.appendToStream(stream, wonGame(), { expectedRevision: 'no_stream' })),
    );
  }
  return store;
}

async function handleAll(
  events: readonly RecordedEvent[],
  model: Model,
  handle: (event: RecordedEvent) => Promise<void> | void,
): Promise<void> {
  model.clear();
  for (const event of events) await handle(event);
}

/**
 * From before an append to the moment at which the read model has it: 200 events, one at a time.
 */
async function lags(store: EventStore, model: Model): Promise<readonly number[]> {
  const stop = new AbortController();
  await catchUp(store, leaderboard, model);
  const following = runSubscriber(store, projecting(leaderboard, model), model, { signal: stop.signal });
  const times: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    await delay(7);
    const stream = `game-${randomUUID()}`;
    const start = performance.now();
    await store.appendToStream(stream, drawnGame().slice(0, 1), { expectedRevision: 'no_stream' });
    const [event] = await store.readStream(stream);
    await waitFor(model, event?.position ?? 0n, AbortSignal.timeout(10_000));
    times.push(performance.now() - start);
  }
  stop.abort();
  await following;
  return times;
}
