import fc from 'fast-check';

import type { GameEvent } from '../../src/domain/index.ts';
import { InvalidRequestError, type EventStore, type RecordedEvent } from '../../src/event-store/event-store.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { afterMoves, finished, results } from './example-moves.ts';
import { anyColumn } from './random-games.ts';
import { plainPair } from './random-people.ts';
import { asStored } from './stores.ts';

/** Games by their ids, each with its history. */
export type Games = Readonly<Record<string, readonly GameEvent[]>>;

/** Three games: one is open, one is won, and one is tied. */
export const threeGames: Games = {
  g1: afterMoves('DDE'),
  'g1-2': [...afterMoves('ABABABA', ['Zoë', 'Yusuf']), finished('player one won')],
  cup: [...afterMoves('CC', ['Bob', 'Alice']), finished('tied')],
};

/**
 * A store whose log mixes the games: one event of each in turn. Its positions have gaps, and it
 * reads only from positions of events, like a server.
 */
export async function storeWithGames(games: Games): Promise<EventStore> {
  const store = new InMemoryEventStore();
  const longest = Math.max(0, ...Object.values(games).map(({ length }) => length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const [gameId, events] of Object.entries(games)) {
      const event = events[turn];
      if (event !== undefined) await appendTo(store, gameId, event);
    }
  }
  return withGaps(store);
}

/** Appends events to a game. */
export async function appendTo(store: EventStore, gameId: string, ...events: readonly GameEvent[]): Promise<void> {
  await store.appendToStream(`game-${gameId}`, events.map(asStored), { expectedRevision: 'any' });
}

/** The last event of a list that must not be empty. */
export function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error('The list is empty.');
  return last;
}

/** Random games of a few people, open or finished. A result need not fit its moves. */
export const anyGames = fc
  .array(
    fc.record({
      players: plainPair,
      letters: fc.array(anyColumn, { maxLength: 6 }),
      result: fc.constantFrom(undefined, ...results),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((games): Games => {
    const entries = games.map(({ players, letters, result }, index) => {
      const end = result === undefined ? [] : [finished(result)];
      return [`r${index}`, [...afterMoves(letters.join(''), players), ...end]] as const;
    });
    return Object.fromEntries(entries);
  });

/** The positions 1, 3, 5, … of a store in memory become 10, 24, 38, … */
export function withGaps(store: EventStore): EventStore {
  const spread = (event: RecordedEvent) => ({ ...event, position: event.position * 7n + 3n });
  const dense = (position: bigint | undefined) => {
    if (position === undefined || position % 7n === 3n) return position === undefined ? undefined : position / 7n;
    throw new InvalidRequestError(`No event has the position ${position}. Begin after the position of an event.`);
  };
  return {
    readStream: async (stream, options) => (await store.readStream(stream, options)).map(spread),
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    readAll: async (options = {}) =>
      (await store.readAll({ ...options, fromPosition: dense(options.fromPosition) })).map(spread),
    async *subscribeToStream(stream, options) {
      for await (const event of store.subscribeToStream(stream, options)) yield spread(event);
    },
    async *subscribeToAll(options = {}) {
      const fromPosition = dense(options.fromPosition);
      for await (const event of store.subscribeToAll({ ...options, fromPosition })) yield spread(event);
    },
    close: () => store.close(),
  };
}
