import { v5 as uuidFrom } from 'uuid';

import { gameStream } from '../application/game-commands.ts';
import { decodeGameEvent } from '../application/game-event-codec.ts';
import { fold } from '../domain/index.ts';
import type { EventStore, NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { isOld } from '../upcasting/stored-events.ts';
import { rewritten } from '../upcasting/rewritten.ts';
import { upcast } from '../upcasting/upcast.ts';

/** What it takes to replace the stream of a game by one with today's events. */
export type Replacement = {
  /** The stored events of the game, without the one that closes the stream. */
  readonly stored: readonly RecordedEvent[];
  readonly newGameId: string;
  readonly copies: readonly NewEvent[];
  /** Closes the old stream, and names the new one. Programs that do not know it may skip it. */
  readonly closing: NewEvent;
  /** Whether all of this is stored already. */
  readonly isDone: boolean;
};

/** The stream of this game cannot be replaced, or need not be. */
export class NoReplacementError extends Error {
  override readonly name = 'NoReplacementError';
}

const closingType = 'StreamReplaced';

/**
 * Plans a replacement. It changes nothing.
 *
 * @param raw the store as it is, without upcasting
 * @throws NoReplacementError, UnreadableEventError
 */
export async function planReplacement(raw: EventStore, gameId: string): Promise<Replacement> {
  const all = await raw.readStream(gameStream(gameId));
  const stored = all.filter(({ type }) => type !== closingType);
  const last = stored.at(-1);
  if (last === undefined) throw new NoReplacementError(`There is no game "${gameId}".`);
  if (!stored.some(isOld))
    throw new NoReplacementError(`All events of game "${gameId}" are today's. There is nothing to replace.`);
  if (fold(upcast(stored).map(decodeGameEvent)).status !== 'finished')
    throw new NoReplacementError(`Game "${gameId}" is not over. Upcasting reads it, so let the players finish it.`);
  const newGameId = `${gameId}-today`;
  return {
    stored,
    newGameId,
    copies: rewritten(stored, gameStream(newGameId)),
    closing: {
      id: uuidFrom(closingType, last.id),
      type: closingType,
      data: { by: gameStream(newGameId) },
      metadata: { ifUnknown: 'skip' },
    },
    isDone: all.length > stored.length,
  };
}

/**
 * Carries out a replacement. It may be repeated, wherever the program ended before: each append
 * says what it expects, and all ids are the same again.
 *
 * @throws WrongExpectedRevisionError when the old stream has changed, or the new one is another
 * game
 */
export async function replaceGame(raw: EventStore, gameId: string, plan: Replacement): Promise<void> {
  const { stored, newGameId, copies, closing } = plan;
  await raw.appendToStream(gameStream(newGameId), copies, { expectedRevision: 'no_stream' });
  const expectedRevision = stored.at(-1)?.revision ?? 'no_stream';
  await raw.appendToStream(gameStream(gameId), [closing], { expectedRevision });
}
