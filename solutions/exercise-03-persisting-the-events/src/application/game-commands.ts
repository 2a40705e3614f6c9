import { randomUUID } from 'node:crypto';

import { decide, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { decodeGameEvent, encodeGameEvent } from './game-event-codec.ts';

/** A game, and the history that it was folded from. */
export type LoadedGame = { readonly game: Game; readonly history: readonly RecordedEvent[] };

/** The stream of one game. The part of its name before the first hyphen is its category. */
export function gameStream(gameId: string): string {
  return `game-${gameId}`;
}

/**
 * Folds a game from its events. A game that was never started has none.
 *
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function loadGame(store: Streams, gameId: string): Promise<LoadedGame> {
  const history = await store.readStream(gameStream(gameId));
  return { game: fold(history.map(decodeGameEvent)), history };
}

/**
 * Handles a command: read, fold, decide, append.
 *
 * @returns the new events
 * @throws DomainError when a rule is broken
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handle(store: Streams, gameId: string, command: GameCommand): Promise<readonly GameEvent[]> {
  const { game } = await loadGame(store, gameId);
  const events = decide(command, game);
  const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));
  await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision: 'any' });
  return events;
}
