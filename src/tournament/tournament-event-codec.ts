import { z } from 'zod';

import { UnreadableEventError } from '../application/game-event-codec.ts';
import type { NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import type { TournamentEvent } from './tournament-events.ts';

/** An event of a tournament as a store takes it. */
export function encodeTournamentEvent({ type, data }: TournamentEvent, id: string): NewEvent {
  return { id, type, data };
}

/**
 * The event of a tournament that was stored, checked.
 *
 * @throws UnreadableEventError when the type is unknown or the data does not fit it
 */
export function decodeTournamentEvent(recorded: RecordedEvent): TournamentEvent {
  const { type, data } = recorded;
  const result = tournamentEvent.safeParse({ type, data });
  if (result.success) return result.data;
  const isKnown = tournamentEvent.options.some(({ shape }) => shape.type.value === type);
  throw new UnreadableEventError(recorded, isKnown ? z.prettifyError(result.error) : 'unknown event type.');
}

const match = z.int().positive();

const tournamentEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('TournamentStarted'), data: z.object({ players: z.array(z.string()) }) }),
  z.object({ type: z.literal('MatchWon'), data: z.object({ match, winner: z.string() }) }),
  z.object({ type: z.literal('MatchTied'), data: z.object({ match, game: z.string() }) }),
  z.object({ type: z.literal('MatchForfeited'), data: z.object({ match, by: z.string(), winner: z.string() }) }),
  z.object({ type: z.literal('MatchHalted'), data: z.object({ match, reason: z.string() }) }),
  z.object({ type: z.literal('TournamentWon'), data: z.object({ winner: z.string() }) }),
]);
