import type { Game, GameCommand, GameEvent } from '../domain/index.ts';
import type { RecordedEvent, Streams } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';

/** A game, and the history that it was folded from. */
export type LoadedGame = { readonly game: Game; readonly history: readonly RecordedEvent[] };

/** The stream of one game. The part of its name before the first hyphen is its category. */
export function gameStream(gameId: string): string {
  return todo('3.1', 'give each game a stream of its own.');
}

/**
 * Folds a game from its events. A game that was never started has none.
 *
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function loadGame(store: Streams, gameId: string): Promise<LoadedGame> {
  return todo('3.4', 'read the events of the game, and fold them.');
}

/**
 * Handles a command: read, fold, decide, append.
 *
 * @returns the new events
 * @throws DomainError when a rule is broken
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handle(store: Streams, gameId: string, command: GameCommand): Promise<readonly GameEvent[]> {
  return todo('3.5', 'load the game, decide, and append the new events.');
}
