import type { Streams } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import { careerStream } from './career.ts';
import type { NewGame } from './career-events.ts';
import type { LoadedCareer } from './load-career.ts';
import type { Snapshots } from './snapshots.ts';

/** A load folds about this many events at most. */
export const snapshotEvery = 100;

/**
 * Appends a game to the career of a player. Now and then, a snapshot follows.
 *
 * @param loaded the career before the game
 * @throws WrongExpectedRevisionError when the career has gone on; never because of a snapshot
 */
export async function appendToCareer(
  store: Streams,
  snapshots: Snapshots,
  player: string,
  { career, last, folded }: LoadedCareer,
  game: NewGame,
): Promise<void> {
  const stream = careerStream(player);
  await store.appendToStream(stream, [game], { expectedRevision: last?.revision ?? 'no_stream' });
  todo('10.5', `when ${snapshotEvery} events were folded or appended since the last snapshot, keep a new one.`);
}
