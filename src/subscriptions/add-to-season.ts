import { v5 as uuidFrom } from 'uuid';

import type { NewGame } from '../careers/career-events.ts';
import type { Career } from '../careers/career-schema.ts';
import { closeSeason, seasonStream } from '../careers/seasons.ts';
import type { Streams } from '../event-store/event-store.ts';

/**
 * Adds a game to the books of its year, once. Closes those of the years before.
 *
 * @param career the career before the game. It is the balance when the first books are opened
 */
export async function addToSeason(store: Streams, player: string, career: Career, game: NewGame): Promise<void> {
  const thisYear = yearOf(game.data.playedAt);
  for (let year = yearOf(career.lastPlayedAt ?? game.data.playedAt); ; year += 1) {
    if (year < thisYear) {
      await closeSeason(store, player, year);
      continue;
    }
    const stream = seasonStream(year, player);
    const events = await store.readStream(stream);
    const last = events.at(-1);
    if (events.some(({ id }) => id === game.id)) return;
    if (last?.type === 'SeasonClosed') continue;
    if (last === undefined) {
      const opened = { id: uuidFrom('SeasonOpened', game.id), type: 'SeasonOpened', data: { balance: career } };
      await store.appendToStream(stream, [opened], { expectedRevision: 'no_stream' });
    }
    await store.appendToStream(stream, [game], { expectedRevision: last?.revision ?? 0n });
    return;
  }
}

function yearOf(time: string): number {
  return Number(time.slice(0, 4));
}
