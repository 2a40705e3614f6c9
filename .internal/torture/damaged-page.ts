import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { StorageError, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { drawnGame } from '../bench/drawn-game.ts';
import { inFolder } from './folder.ts';
import type { Ordeal } from './ordeal.ts';

const pageSize = 4096;
const games = 40;

/** A page of the file has other bytes. Whatever is read is right, or reading fails aloud. */
export const damagedPage: Ordeal = {
  name: 'damaged-page',
  what: 'a page of the SQLite file that has random bytes',
  times: { whole: 1000, short: 40 },
  run: (times, tick) =>
    inFolder(async (folder) => {
      const original = await someGames(join(folder, 'original.db'));
      const file = join(folder, 'damaged.db');
      const pages = original.bytes.length / pageSize;
      const bytesOf = fc.uint8Array({ minLength: pageSize, maxLength: pageSize });
      const damages = fc.sample(fc.tuple(fc.nat({ max: pages - 1 }), bytesOf), { numRuns: times, seed: 15 });
      const lost: string[] = [];
      let reported = 0;
      for (const [page, damage] of damages) {
        const bytes = Buffer.from(original.bytes);
        bytes.set(damage, page * pageSize);
        writeFileSync(file, bytes);
        const found = await readAll(file);
        if (found === 'reported') reported += 1;
        else if (!isDeepStrictEqual(found, original.events)) lost.push(`page ${page}: other events, and no error`);
        if (!readFileSync(file).equals(bytes)) lost.push(`page ${page}: reading has changed the file`);
        tick();
      }
      return { tried: times, lost, note: `${reported} reported, the others without a wrong event` };
    }),
};

async function someGames(file: string) {
  const store = new SqliteEventStore(file);
  for (let game = 0; game < games; game += 1) {
    await store.appendToStream(`game-${game}`, drawnGame(), { expectedRevision: 'no_stream' });
  }
  const events = await store.readAll();
  await store.close();
  return { events, bytes: readFileSync(file) };
}

/** All events: those of each stream, and those of the log. */
async function readAll(file: string): Promise<readonly RecordedEvent[] | 'reported'> {
  let store: SqliteEventStore | undefined;
  try {
    store = new SqliteEventStore(file);
    const ofStreams: RecordedEvent[] = [];
    for (let game = 0; game < games; game += 1) ofStreams.push(...(await store.readStream(`game-${game}`)));
    const all = await store.readAll();
    return isDeepStrictEqual(ofStreams, all) ? all : [];
  } catch (error) {
    if (error instanceof StorageError) return 'reported';
    throw error;
  } finally {
    await store?.close().catch(() => undefined);
  }
}
