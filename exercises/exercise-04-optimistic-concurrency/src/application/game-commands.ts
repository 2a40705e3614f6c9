import { randomUUID } from 'node:crypto';

import { decide, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import type { EventStore, ExpectedRevision, RecordedEvent } from '../event-store/event-store.ts';
import { decodeGameEvent, encodeGameEvent } from './game-event-codec.ts';

/** A game, and the history that it was folded from. */
export type LoadedGame = { readonly game: Game; readonly history: readonly RecordedEvent[] };

/** The stream that holds the events of one game. What stands before the first hyphen is its category. */
export function gameStream(gameId: string): string {
  return `game-${gameId}`;
}

/**
 * The game as its events tell it. A game that nobody has started has no events.
 *
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function loadGame(store: EventStore, gameId: string): Promise<LoadedGame> {
  const history = await store.readStream(gameStream(gameId));
  return { game: fold(history.map(decodeGameEvent)), history };
}

/**
 * Handles a command: read, fold, decide, append.
 *
 * @returns the new events
 * @throws DomainError when a rule is broken
 * @throws OvertakenError when a rule is broken because somebody else was faster
 * @throws WrongExpectedRevisionError when somebody was faster again and again
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handle(store: EventStore, gameId: string, command: GameCommand): Promise<readonly GameEvent[]> {
  // Exercise 4.3: when somebody else has appended in between, all of this has to begin again.
  const { game, history } = await loadGame(store, gameId);
  const events = decideAfter(command, game, []);
  await append(store, gameId, events, expectedRevisionAfter(history));
  return events;
}

/** Decides, and says so when it is only what happened meanwhile that makes the command impossible. */
function decideAfter(command: GameCommand, game: Game, missed: readonly RecordedEvent[]): readonly GameEvent[] {
  // Exercise 4.4: whoever breaks a rule because of the events that were missed is told about them.
  return decide(command, game);
}

/** What has to be true of the stream for a decision that rests on this history. */
function expectedRevisionAfter(history: readonly RecordedEvent[]): ExpectedRevision {
  // Exercise 4.1: what is to be expected when there was no history yet?
  // Exercise 4.2: and what, when there was?
  return 'any';
}

/** Appends all of the events in one go. The ids are given once: an append that is sent again stores nothing twice. */
async function append(
  store: EventStore,
  gameId: string,
  events: readonly GameEvent[],
  expectedRevision: ExpectedRevision,
): Promise<void> {
  // Exercise 4.5: when the answer stays away, send the same events again, with the same ids.
  const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));
  await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });
}
