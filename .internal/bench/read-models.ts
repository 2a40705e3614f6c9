import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { catchUp, project, rebuild } from '../../src/read-models/project.ts';
import { projecting } from '../../src/subscriptions/projecting.ts';
import { compare } from './compare.ts';
import { drawnGame } from './drawn-game.ts';

/** How many games of 44 events are rebuilt, and how many single events are projected. */
const games = 200;
const singles = 300;

/** Measures a rebuild beside reading the log alone, and what "once" costs for each event. */
export async function benchReadModels(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = new SqliteEventStore(join(folder, 'events.db'));
  for (let game = 0; game < games; game += 1) {
    await store.appendToStream(`game-${game}`, drawnGame(), { expectedRevision: 'no_stream' });
  }
  const events = await store.readAll({ maxCount: singles });
  const model = openModel(join(folder, 'model.db'));
  const readOnly = openModel(':memory:');
  const nothing = { name: 'nothing', version: 1, apply: () => undefined };

  console.log('The leaderboard in a file, in events:');
  await compare(
    {
      what: 'rebuild, and the same without rows',
      ours: () => rebuild(store, leaderboard, model),
      other: async () => {
        readOnly.clear();
        await catchUp(store, nothing, readOnly);
      },
      times: games * 44,
    },
    7,
  );
  await compare(
    {
      what: 'once (a commit each), and perhaps twice',
      ours: () => handleAll(events, model, (event) => projecting(leaderboard, model).handle(event)),
      other: () =>
        handleAll(events, model, (event) => {
          project(model, leaderboard, event);
        }),
      times: singles,
    },
    15,
  );
  await store.close();
  rmSync(folder, { recursive: true });
}

async function handleAll(
  events: readonly RecordedEvent[],
  model: Model,
  handle: (event: RecordedEvent) => Promise<void> | void,
): Promise<void> {
  model.clear();
  for (const event of events) await handle(event);
}
