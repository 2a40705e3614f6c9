import { randomUUID } from 'node:crypto';

import { decide, DomainError, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import {
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type EventStore,
  type ExpectedRevision,
  type RecordedEvent,
} from '../event-store/event-store.ts';
import { decodeGameEvent, encodeGameEvent } from './game-event-codec.ts';
import { OvertakenError } from './overtaken-error.ts';

/** How often a command is decided on, or an append sent, before somebody has to be told that it does not work. */
const maxAttempts = 5;

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
 * Handles a command: read, fold, decide, append. When somebody else has appended in between, all of it begins again,
 * because what was decided may not be right any more.
 *
 * @returns the new events
 * @throws DomainError when a rule is broken
 * @throws OvertakenError when a rule is broken because somebody else was faster
 * @throws WrongExpectedRevisionError when somebody was faster again and again
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handle(store: EventStore, gameId: string, command: GameCommand): Promise<readonly GameEvent[]> {
  let firstSeen: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const { game, history } = await loadGame(store, gameId);
    firstSeen ??= history.length;
    const events = decideAfter(command, game, history.slice(firstSeen));
    try {
      await append(store, gameId, events, expectedRevisionAfter(history));
      return events;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevisionError) || attempt === maxAttempts) throw error;
    }
  }
}

/** Decides, and says so when it is only what happened meanwhile that makes the command impossible. */
function decideAfter(command: GameCommand, game: Game, missed: readonly RecordedEvent[]): readonly GameEvent[] {
  try {
    return decide(command, game);
  } catch (error) {
    if (error instanceof DomainError && missed.length > 0) throw new OvertakenError(missed.map(decodeGameEvent), error);
    throw error;
  }
}

/** What has to be true of the stream for a decision that rests on this history. */
function expectedRevisionAfter(history: readonly RecordedEvent[]): ExpectedRevision {
  return history.at(-1)?.revision ?? 'no_stream';
}

/** Appends all of the events in one go. The ids are given once: an append that is sent again stores nothing twice. */
async function append(
  store: EventStore,
  gameId: string,
  events: readonly GameEvent[],
  expectedRevision: ExpectedRevision,
): Promise<void> {
  const newEvents = events.map((event) => encodeGameEvent(event, randomUUID()));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });
      return;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError) || attempt === maxAttempts) throw error;
    }
  }
}
