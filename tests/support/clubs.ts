import fc from 'fast-check';

import { handle } from '../../src/application/game-commands.ts';
import type { GameCommand } from '../../src/domain/index.ts';
import type { EventStore, RecordedEvent } from '../../src/event-store/event-store.ts';
import { move } from './example-moves.ts';
import { startBy } from './examples.ts';
import { anyColumn } from './random-games.ts';

/** Clubs whose names begin like each other. */
export const clubs = ['club', 'club-1', 'club-10', '1'] as const;

type Club = (typeof clubs)[number];

/** A command of somebody in one of the clubs. */
export type ClubCommand = { readonly club: Club; readonly gameId: string; readonly command: GameCommand };

/** Random commands of all clubs, in turn. All use the same ids for their games, and own names. */
export const anyClubCommands = fc.array(
  fc
    .record({
      club: fc.constantFrom(...clubs),
      gameId: fc.constantFrom('g1', 'g2', '1/game-g1'),
      column: fc.oneof({ weight: 3, arbitrary: anyColumn }, fc.constant('start')),
      who: fc.constantFrom('Ann', 'Ben'),
    })
    .map(({ club, gameId, column, who }): ClubCommand => {
      const nameOf = (name: string) => `${name} of ${club}`;
      const command = column === 'start' ? startBy(nameOf('Ann'), nameOf('Ben')) : move(nameOf(who), column);
      return { club, gameId, command };
    }),
  { minLength: 10, maxLength: 40 },
);

/** Handles a command. @returns what its sender is told */
export async function answerTo(store: EventStore, { gameId, command }: ClubCommand): Promise<string> {
  try {
    return JSON.stringify(await handle(store, gameId, command));
  } catch (error) {
    return String(error);
  }
}

/** What a club can tell of its events. Ids, positions and times differ from store to store. */
export function seen(events: readonly RecordedEvent[]): readonly string[] {
  return events.map(({ stream, revision, type, data }) => `${stream} ${revision} ${type} ${JSON.stringify(data)}`);
}

/** The first events of a subscription, and no more of it. */
export async function firstOf(subscription: AsyncIterable<RecordedEvent>, count: number): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  if (count === 0) return events;
  for await (const event of subscription) if (events.push(event) === count) break;
  return events;
}
