import { careerStream } from '../careers/career.ts';
import { loadCareer } from '../careers/load-career.ts';
import { snapshotsIn, type Snapshots } from '../careers/snapshots.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { keepModel, type KeptModel } from '../read-models/kept-model.ts';
import { leaseFileOf, tryToTakeLease } from '../read-models/lease.ts';
import { assertOwnCheckpoint } from '../read-models/own-checkpoint.ts';
import { stateFile } from '../read-models/state-file.ts';
import { careerRecorder } from '../subscriptions/career-recorder.ts';
import { printable } from './console.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import type { Report } from './report.ts';

/** Brings the careers up to date, and prints them, with what each load had to fold. */
export const careersReport: Report = { name: 'careers', description: 'how good each player is by now', print };

async function print(url: string): Promise<number> {
  try {
    const store = await openExistingStore(url);
    const kept = keepModel(stateFile(url, 'snapshots', 'careers'));
    try {
      const snapshots = snapshotsIn(kept.model);
      const isCurrent = await record(store, snapshots, keepModel(stateFile(url, 'subscribers', 'careers')));
      console.log(await draw(store, snapshots));
      if (!isCurrent) console.log('Another program records the careers now.');
      if (kept.trouble !== undefined) console.log(kept.trouble);
    } finally {
      kept.model.close();
      await store.close();
    }
    return exitCode.fine;
  } catch (error) {
    return explainModelError(error);
  }
}

/** @returns `false` when another program does it */
async function record(store: EventStore, snapshots: Snapshots, { model, file }: KeptModel): Promise<boolean> {
  const lease = tryToTakeLease(leaseFileOf(file));
  if (lease === undefined) return false;
  try {
    const recorder = careerRecorder(store, snapshots);
    const { name, streamPrefix } = recorder;
    await assertOwnCheckpoint(store, name, model);
    for (const event of await store.readAll({ fromPosition: model.checkpoint?.position, streamPrefix })) {
      await recorder.handle(event);
      model.checkpoint = event;
    }
    return true;
  } finally {
    lease.release();
    model.close();
  }
}

async function draw(store: EventStore, snapshots: Snapshots): Promise<string> {
  const prefix = careerStream('');
  const events = await store.readAll({ streamPrefix: prefix });
  const players = [...new Set(events.map(({ stream }) => stream.slice(prefix.length)))];
  if (players.length === 0) return 'No game is finished yet.';
  const rows = await Promise.all(
    players.map(async (player) => {
      const { career, folded } = await loadCareer(store, snapshots, player);
      const { rating, won, tied, lost, longestStreak } = career;
      return [printable(player), rating, won, tied, lost, longestStreak, folded, won + tied + lost].map(String);
    }),
  );
  const head = ['player', 'rating', 'won', 'tied', 'lost', 'in a row', 'folded', 'events'];
  const width = Math.max(...[head, ...rows].map(([name = '']) => name.length));
  const best = rows.toSorted(([, one], [, other]) => Number(other) - Number(one));
  return [head, ...best]
    .map(([name = '', ...numbers]) => name.padEnd(width) + numbers.map((number) => number.padStart(9)).join(''))
    .join('\n');
}
