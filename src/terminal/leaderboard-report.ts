import type { EventStore } from '../event-store/event-store.ts';
import { leaderboard, standingsIn, type Standing } from '../read-models/leaderboard.ts';
import { leaseFileOf, tryToTakeLease } from '../read-models/lease.ts';
import { openModel, type Model } from '../read-models/model.ts';
import { assertOwnCheckpoint } from '../read-models/own-checkpoint.ts';
import { catchUp } from '../read-models/project.ts';
import { readModelFile } from '../read-models/state-file.ts';
import { NotUpToDateError, waitFor } from '../read-models/wait-for.ts';
import { printable } from './console.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import type { Report } from './report.ts';

/** How long to wait for another program that keeps the leaderboard up to date, in milliseconds. */
const patienceMs = 2000;

/** Brings the leaderboard up to date, and prints it. */
export const leaderboardReport: Report = { name: 'leaderboard', description: 'who wins most often', print };

async function print(url: string): Promise<number> {
  try {
    const store = await openExistingStore(url);
    const file = readModelFile(url, leaderboard);
    try {
      const model = openModel(file, leaderboard.version);
      const remark = await bringUpToDate(store, model, leaseFileOf(file));
      console.log(draw(standingsIn(model)));
      if (remark !== undefined) console.log(remark);
      model.close();
    } finally {
      await store.close();
    }
    return exitCode.fine;
  } catch (error) {
    return explainModelError(error);
  }
}

/** Catches up, or waits while another program does. @returns a sentence if it is not up to date */
async function bringUpToDate(store: EventStore, model: Model, leaseFile: string): Promise<string | undefined> {
  await assertOwnCheckpoint(store, leaderboard.name, model);
  const lease = tryToTakeLease(leaseFile);
  if (lease !== undefined) {
    await catchUp(store, leaderboard, model);
    lease.release();
    return undefined;
  }
  const waiting = await store.readAll({ fromPosition: model.checkpoint?.position, streamPrefix: 'game-' });
  const last = waiting.at(-1);
  try {
    if (last !== undefined) await waitFor(model, last.position, AbortSignal.timeout(patienceMs));
    return undefined;
  } catch (error) {
    if (error instanceof NotUpToDateError) return error.message;
    throw error;
  }
}

function draw(standings: readonly Standing[]): string {
  if (standings.length === 0) return 'No game is finished yet.';
  const rows = standings.map(({ player, won, tied, lost }) => [printable(player), won, tied, lost].map(String));
  const table = [['player', 'won', 'tied', 'lost'], ...rows];
  const width = Math.max(...table.map(([name = '']) => name.length));
  return table
    .map(([name = '', ...numbers]) => name.padEnd(width) + numbers.map((number) => number.padStart(6)).join(''))
    .join('\n');
}
