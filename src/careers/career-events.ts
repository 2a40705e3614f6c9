import { z } from 'zod';

import { UnreadableEventError } from '../application/game-event-codec.ts';
import type { NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { careerSchema, result } from './career-schema.ts';

/** A finished game, as one of its players remembers it. Ratings are those before the game. */
export type GamePlayed = { readonly type: 'GamePlayed'; readonly data: Readonly<z.infer<typeof gamePlayedData>> };

/** A game that is not stored yet. */
export type NewGame = GamePlayed & Pick<NewEvent, 'id' | 'metadata'>;

/** The books of a year are open. They begin with the balance of the year before. */
export type SeasonOpened = { readonly type: 'SeasonOpened'; readonly data: z.infer<typeof seasonOpenedData> };

/** The books of a year are closed: nothing comes after this event. */
export type SeasonClosed = { readonly type: 'SeasonClosed'; readonly data: object };

export type CareerEvent = GamePlayed | SeasonOpened | SeasonClosed;

const gamePlayedData = z.object({
  game: z.string(),
  opponent: z.string(),
  opponentRating: z.int(),
  result,
  moves: z.int(),
  playedAt: z.iso.datetime(),
});
const seasonOpenedData = z.object({ balance: careerSchema });
const schemas = { GamePlayed: gamePlayedData, SeasonOpened: seasonOpenedData, SeasonClosed: z.object({}) };

/**
 * The event that was stored, checked.
 *
 * @throws UnreadableEventError when the type is unknown or the data does not fit it
 */
export function decodeCareerEvent(recorded: RecordedEvent): CareerEvent {
  const { type, data } = recorded;
  if (!Object.hasOwn(schemas, type)) throw new UnreadableEventError(recorded, 'unknown event type.');
  const checked = schemas[type as CareerEvent['type']].safeParse(data);
  if (!checked.success) throw new UnreadableEventError(recorded, z.prettifyError(checked.error));
  return { type, data: checked.data } as CareerEvent;
}
