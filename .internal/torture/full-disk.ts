import { execFileSync, fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import type { Answer } from './appender.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

/**
 * No file may grow beyond a byte, and this byte is moved on by one until an append succeeds. Before
 * that, each append has to fail with a StorageError, and to leave nothing.
 */
export const fullDisk: Ordeal = {
  name: 'full-disk',
  what: 'a disk that is full at each byte of an append',
  times: { whole: 20_000, short: 60 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      if (process.platform !== 'linux' || spawnSync('prlimit', ['--version']).error !== undefined) {
        return { skipped: 'it needs Linux and prlimit' };
      }
      const file = join(folder, 'events.db');
      const child = fork(join(import.meta.dirname, 'appender.ts'), [file], { execArgv: ['--import', 'tsx'] });
      await once(child, 'message');
      const reader = new SqliteEventStore(file);
      const lost: string[] = [];
      let [stored, tried] = [(await reader.readStream('full')).length, 0];
      // About 8,200 bytes are written for each append: the short run takes larger steps.
      const step = Math.max(1, Math.floor(20_000 / times));
      while (tried < times) {
        for (let limit = statSync(`${file}-wal`).size, succeeded = false; !succeeded && tried < times; limit += step) {
          limitFiles(child, `${limit}`);
          const { error, seen } = await append(child);
          limitFiles(child, 'unlimited');
          tried += 1;
          succeeded = error === undefined;
          if (succeeded) stored += 1;
          const found = (await reader.readStream('full')).length;
          if (error !== undefined && error !== 'StorageError') lost.push(`at byte ${limit}: ${error}`);
          if (found !== stored || seen !== stored) {
            lost.push(
              `at byte ${limit}: ${found} events are stored, the writer sees ${seen}, and ${stored} were acknowledged`,
            );
            stored = found;
          }
          tick();
        }
      }
      await reader.close();
      child.kill('SIGKILL');
      return { tried, lost, note: `${stored} appends in the end` };
    }),
};

function limitFiles(child: ChildProcess, bytes: string): void {
  execFileSync('prlimit', ['--pid', `${child.pid ?? 0}`, `--fsize=${bytes}:unlimited`]);
}

async function append(child: ChildProcess): Promise<Answer> {
  child.send('append');
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}
