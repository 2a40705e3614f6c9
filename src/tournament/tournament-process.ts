import { UnreadableEventError } from '../application/game-event-codec.ts';
import type { EventStore, Streams } from '../event-store/event-store.ts';
import type { Subscriber } from '../subscriptions/subscriber.ts';
import { advance } from './process.ts';
import { tournamentOf, tournamentPrefix } from './tournament-id.ts';

/** Advances a tournament after each event of it, or of one of its games. */
export function tournamentProcess(store: Streams, clock: () => Date = () => new Date()): Subscriber {
  return {
    name: 'tournaments',
    handle: async ({ stream }) => {
      const tournamentId = tournamentOf(stream);
      if (tournamentId !== undefined) await advance(store, tournamentId, clock());
    },
  };
}

/**
 * Advances all tournaments, because time passes without an event. Call it every minute or so.
 *
 * @returns sentences about the tournaments that cannot be read; the others go on
 */
export async function tick(store: EventStore, now: Date): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const tournamentId of await tournamentIds(store)) {
    try {
      await advance(store, tournamentId, now);
    } catch (error) {
      if (!(error instanceof UnreadableEventError)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

/** The ids of all tournaments, the oldest first. */
export async function tournamentIds(store: EventStore): Promise<readonly string[]> {
  const events = await store.readAll({ streamPrefix: tournamentPrefix });
  return [...new Set(events.flatMap(({ stream }) => tournamentOf(stream) ?? []))];
}
