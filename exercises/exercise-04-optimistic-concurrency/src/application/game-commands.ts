import { randomUUID } from 'node:crypto';

import { decide, fold, type Game, type GameCommand, type GameEvent } from '../domain/index.ts';
import type { ExpectedRevision, RecordedEvent, Streams } from '../event-store/event-store.ts';
import { decodeGameEvent, encodeGameEvent } from './game-event-codec.ts';
import type { Sender } from './sender.ts';

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
 * Handles a command: read, fold, decide, append. The decision rests on what the sender has seen.
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
  // Exercise 4.3: after an append of another writer, all of this has to start again.
  const { game, history } = await loadGame(store, gameId, lastSeen);
  const events = decideAfter(command, game, []);
  await append(store, gameId, events, expectedRevisionAfter(history), eventIds);
  return events;
}

/** Decides. A rule that is broken because of missed events is reported together with them. */
function decideAfter(command: GameCommand, game: Game, missed: readonly RecordedEvent[]): readonly GameEvent[] {
  // Exercise 4.4: a rule that is broken because of missed events is reported together with them.
  return decide(command, game);
}

/** What has to be true of the stream for a decision that rests on this history. */
function expectedRevisionAfter(history: readonly RecordedEvent[]): ExpectedRevision {
  // Exercise 4.1: what does an append expect without a history?
  // Exercise 4.2: and what with a history?
  return 'any';
}

/** Appends the events. Each attempt sends the same ids, so nothing is stored twice. */
async function append(
  store: Streams,
  gameId: string,
  events: readonly GameEvent[],
  expectedRevision: ExpectedRevision,
  ids: readonly string[] = [],
): Promise<void> {
  // Exercise 4.5: without an answer, send the same events again, with the same ids.
  const newEvents = events.map((event, index) => encodeGameEvent(event, ids[index] ?? randomUUID()));
  await store.appendToStream(gameStream(gameId), newEvents, { expectedRevision });
}
