import { randomUUID } from 'node:crypto';

import { decide, DomainError, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import {
  EventStoreUnavailableError,
  WrongExpectedRevisionError,
  type ExpectedRevision,
  type RecordedEvent,
  type Streams,
} from '../event-store/event-store.ts';
import { decodeGameEvent, encodeGameEvent } from './game-event-codec.ts';
import { OvertakenError } from './overtaken-error.ts';
import type { Sender } from './sender.ts';

/** The maximum number of attempts to decide on a command, and to send an append. */
const maxAttempts = 5;

/** A game, and the history that it was folded from. */
export type LoadedGame = { readonly game: Game; readonly history: readonly RecordedEvent[] };

/** The stream of one game. The part of its name before the first hyphen is its category. */
export function gameStream(gameId: string): string {
  return `game-${gameId}`;
}

/**
 * Folds a game from its events, up to the last one that was seen or the last one that is stored.
 *
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function loadGame(store: Streams, gameId: string, lastSeen?: bigint | 'no_stream'): Promise<LoadedGame> {
  const stored = await store.readStream(gameStream(gameId));
  const history =
    lastSeen === undefined ? stored : stored.filter(({ revision }) => lastSeen !== 'no_stream' && revision <= lastSeen);
  return { game: fold(history.map(decodeGameEvent)), history };
}

/**
 * Handles a command: read, fold, decide, append. After a conflict it begins again, because the
 * decision may be wrong by then. A sender that says what it has seen gets the conflict instead.
 *
 * @returns the new events
 * @throws DomainError when a rule is broken
 * @throws OvertakenError when a rule is broken because somebody else was faster
 * @throws WrongExpectedRevisionError after too many conflicts, or if the sender missed an event
 * @throws UnreadableEventError, EventStoreUnavailableError
 */
export async function handle(
  store: Streams,
  gameId: string,
  command: GameCommand,
  { lastSeen, eventIds }: Sender = {},
): Promise<readonly GameEvent[]> {
  let firstSeen: ExpectedRevision | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const { game, history } = await loadGame(store, gameId, lastSeen);
    const expectedRevision = expectedRevisionAfter(history);
    firstSeen ??= expectedRevision;
    const events = decideAfter(command, game, missedSince(firstSeen, history));
    try {
      await append(store, gameId, events, expectedRevision, eventIds);
      return events;
    } catch (error) {
      const isOvertaken = error instanceof WrongExpectedRevisionError && lastSeen === undefined;
      if (!isOvertaken || attempt === maxAttempts) throw error;
    }
  }
}

/** Decides. A rule that is broken because of missed events is reported together with them. */
function decideAfter(command: GameCommand, game: Game, missed: readonly RecordedEvent[]): readonly GameEvent[] {
  try {
    return decide(command, game);
  } catch (error) {
    if (error instanceof DomainError && missed.length > 0) throw new OvertakenError(missed.map(decodeGameEvent), error);
    throw error;
  }
}

/** The events that were appended after the first attempt had read the stream. */
function missedSince(firstSeen: ExpectedRevision, history: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return history.filter(({ revision }) => typeof firstSeen !== 'bigint' || revision > firstSeen);
}

/** What a decision that rests on this history expects of the stream. */
function expectedRevisionAfter(history: readonly RecordedEvent[]): ExpectedRevision {
  return history.at(-1)?.revision ?? 'no_stream';
}

/** Appends the events. Each attempt sends the same ids, so nothing is stored twice. */
async function append(
  store: Streams,
  gameId: string,
  events: readonly GameEvent[],
  expectedRevision: ExpectedRevision,
  ids: readonly string[] = [],
): Promise<void> {
  const newEvents = events.map((event, index) => encodeGameEvent(event, ids[index] ?? randomUUID()));
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });
      return;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailableError) || attempt === maxAttempts) throw error;
    }
  }
}
