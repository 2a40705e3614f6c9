import { join } from 'node:path';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { whatIsLost, writeUntilKilled } from '../crash/kill.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

const lanes = 4;

/** The moments of the kills are spread over this time after the first append, in milliseconds. */
const spreadMs = 60;

/** A process that writes batches is killed. What it had acknowledged has to be there. */
export const kills: Ordeal = {
  name: 'kills',
  what: 'kill -9 of a process that writes to SQLite',
  times: { whole: 1000, short: 40 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      const lost: string[] = [];
      let acknowledgedBatches = 0;
      const lane = async (number: number) => {
        const file = join(folder, `${number}.db`);
        for (let kill = number; kill < times; kill += lanes) {
          const stream = `counted-${kill}`;
          const acknowledged = await writeUntilKilled(`sqlite:${file}`, stream, (kill * 37) % spreadMs);
          acknowledgedBatches += acknowledged.size;
          const store = new SqliteEventStore(file);
          const problems = await whatIsLost(store, stream, acknowledged);
          await store.close();
          if (problems.length > 0) lost.push(`kill ${kill}: ${problems.join('; ')}`);
          tick();
        }
      };
      await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
      return {
        tried: times,
        lost,
        note: `${acknowledgedBatches.toLocaleString('en-US')} acknowledged appends checked`,
      };
    }),
};
