import type { RecordedEvent } from '../event-store/event-store.ts';
import { opponentsIn, type Bracket, type Opponents } from './bracket.ts';

/** A match that is to be played: both players are known, and nobody has won it. */
export type Pairing = {
  readonly match: number;
  readonly players: Opponents;
  /** The number of its games that have ended in a draw. */
  readonly draws: number;
  /** The event that put it on the list. */
  readonly because: RecordedEvent;
};

/** The pairing of a match; `undefined` as long as one of its players is not known. */
export function pairingOf(match: number, bracket: Bracket, because: RecordedEvent): Pairing | undefined {
  const players = opponentsIn(match, bracket);
  return players && { match, players, draws: 0, because };
}

/**
 * The id of the game of a pairing. It follows from what is played, so that each program that asks
 * gets the same one: 'cup-match-3', and after a draw 'cup-match-3-replay-1'.
 */
export function gameIdOf(tournamentId: string, { match, draws }: Pick<Pairing, 'match' | 'draws'>): string {
  return `${tournamentId}-match-${match}${draws === 0 ? '' : `-replay-${draws}`}`;
}
