import { v5 } from 'uuid';

import type { GameEvent } from '../../src/domain/index.ts';
import type { RecordedEvent } from '../../src/event-store/event-store.ts';
import type { TournamentEvent } from '../../src/tournament/tournament-events.ts';

/** The id of the tournament in the tests. */
export const cup = 'cup';

export const four = ['Alice', 'Bob', 'Carol', 'Dave'] as const;
export const eight = [...four, 'Erin', 'Frank', 'Grace', 'Heidi'] as const;

/** Moves of a game that player one wins, and of one that player two wins. */
export const winForOne = 'AABBCCD';
export const winForTwo = 'AAEAGAGA';

/**
 * When the first event was recorded. The next ones follow minute by minute. It is far away, so that
 * a program that asks the real clock is wrong.
 */
export const noon = new Date('2100-01-01T12:00:00Z');
export const minute = 60_000;
export const day = 24 * 60 * minute;

export function later(ms: number, than: Date = noon): Date {
  return new Date(than.getTime() + ms);
}

export function tournamentStarted(players: readonly string[] = four): TournamentEvent {
  return { type: 'TournamentStarted', data: { players } };
}

export function matchWon(match: number, winner: string): TournamentEvent {
  return { type: 'MatchWon', data: { match, winner } };
}

export function matchTied(match: number, game: string): TournamentEvent {
  return { type: 'MatchTied', data: { match, game } };
}

export function matchForfeited(match: number, by: string, winner: string): TournamentEvent {
  return { type: 'MatchForfeited', data: { match, by, winner } };
}

export function matchHalted(match: number, reason: string): TournamentEvent {
  return { type: 'MatchHalted', data: { match, reason } };
}

export function tournamentWon(winner: string): TournamentEvent {
  return { type: 'TournamentWon', data: { winner } };
}

/** Events as a store returns them. Their ids depend on the stream and the revision. */
export function recordedIn(stream: string, events: readonly (TournamentEvent | GameEvent)[]): readonly RecordedEvent[] {
  return events.map(({ type, data }, index) => ({
    id: v5(`${stream} ${index}`, v5.URL),
    type,
    data,
    metadata: {},
    stream,
    revision: BigInt(index),
    position: BigInt(100 * stream.length + index),
    recordedAt: later(index * minute),
  }));
}
