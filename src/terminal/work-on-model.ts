import { setImmediate as nextTurn } from 'node:timers/promises';

import type { EventStore } from '../event-store/event-store.ts';
import type { ReadModel } from '../read-models/all.ts';
import type { Model } from '../read-models/model.ts';
import { assertOwnCheckpoint } from '../read-models/own-checkpoint.ts';
import { catchUp, rebuild } from '../read-models/project.ts';
import { openProgressBar, type ProgressBar } from './progress-bar.ts';

/** What to do with a read model. */
export type Work = 'rebuild' | 'catch-up';

/** What was done: the number of events that were applied, and of those that there were. */
export type Done = { readonly events: number; readonly of: number; readonly seconds: number };

/** How many events are counted at once. */
const batchSize = 5000;

/**
 * Rebuilds a read model, or goes on behind its checkpoint, with a progress bar.
 *
 * @param signal ends it between two batches
 */
export async function workOn(
  { projection }: ReadModel,
  model: Model,
  work: Work,
  store: EventStore,
  signal: AbortSignal,
): Promise<Done> {
  if (work === 'catch-up') await assertOwnCheckpoint(store, projection.name, model);
  const log = patient(store);
  const of = await countEvents(log, work === 'rebuild' ? undefined : model.checkpoint?.position, signal);
  const begin = performance.now();
  let events = 0;
  let bar: ProgressBar | undefined; // appears after the first batch: an open step says only its name
  const onProgress = (more: number) => {
    events += more;
    bar ??= openProgressBar(projection.name, of);
    bar.advance(more);
  };
  try {
    await (work === 'rebuild' ? rebuild : catchUp)(log, projection, model, { signal, onProgress });
  } finally {
    bar?.close();
  }
  return { events, of, seconds: (performance.now() - begin) / 1000 };
}

type Log = Pick<EventStore, 'readAll'>;

/** A log that lets signals and the screen have their turn before each read. */
function patient(store: EventStore): Log {
  return {
    readAll: async (options) => {
      await nextTurn();
      return store.readAll(options);
    },
  };
}

async function countEvents(log: Log, after: bigint | undefined, signal: AbortSignal): Promise<number> {
  let [count, fromPosition] = [0, after];
  while (!signal.aborted) {
    const events = await log.readAll({ fromPosition, streamPrefix: 'game-', maxCount: batchSize });
    if (events.length === 0) break;
    count += events.length;
    fromPosition = events.at(-1)?.position;
  }
  return count;
}
