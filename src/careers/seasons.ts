import { v5 as uuidFrom } from 'uuid';

import type { Streams } from '../event-store/event-store.ts';
import { foldCareer } from './career.ts';
import type { Career } from './career-schema.ts';

/** The stream of one year of a career. */
export function seasonStream(year: number, player: string): string {
  return `season-${year}-${player}`;
}

/** The career of a player, from the games of one year alone. */
export async function loadSeason(store: Streams, player: string, year: number): Promise<Career> {
  return foldCareer(await store.readStream(seasonStream(year, player)));
}

/**
 * Closes the books of a year, and opens those of the next year with the balance. It can end at any
 * point and be repeated. Without books of that year, it does nothing.
 *
 * @throws WrongExpectedRevisionError when a game came meanwhile: repeat it
 */
export async function closeSeason(store: Streams, player: string, year: number): Promise<void> {
  const stream = seasonStream(year, player);
  const events = await store.readStream(stream);
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) return;
  if (last.type !== 'SeasonClosed') {
    const closed = { id: uuidFrom('SeasonClosed', first.id), type: 'SeasonClosed', data: {} };
    await store.appendToStream(stream, [closed], { expectedRevision: last.revision });
  }
  const opened = {
    id: uuidFrom('SeasonOpened', first.id),
    type: 'SeasonOpened',
    data: { balance: foldCareer(events) },
  };
  await store.appendToStream(seasonStream(year + 1, player), [opened], { expectedRevision: 'no_stream' });
}
