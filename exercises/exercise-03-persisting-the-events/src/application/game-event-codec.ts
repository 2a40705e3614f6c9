import { z } from 'zod';

import type { GameEvent } from '../domain/index.ts';
import type { NewEvent, RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';

/** A stored event cannot be read. It is never skipped: a state without it would be wrong. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly stream: string;
  readonly revision: bigint;
  readonly type: string;

  /** @param problem what is wrong with the event, for the person who has to find out */
  constructor({ stream, revision, type }: RecordedEvent, problem: string) {
    super(`Revision ${revision.toString()} of the stream "${stream}" (${type}) cannot be read: ${problem}`);
    this.stream = stream;
    this.revision = revision;
    this.type = type;
  }
}

/**
 * A domain event as it is handed to a store.
 *
 * @param id the UUID that the event keeps, however often its append is repeated
 */
export function encodeGameEvent(event: GameEvent, id: string): NewEvent {
  return todo('3.2', 'write the event down as a store keeps it: with its id, its type and its data.');
}

/**
 * The domain event that was stored. From here on its data can be trusted.
 *
 * @throws UnreadableEventError when the type is not known, or the data does not fit it
 */
export function decodeGameEvent(recorded: RecordedEvent): GameEvent {
  switch (recorded.type) {
    case 'GameStarted':
      return { type: 'GameStarted', data: checked(recorded, gameStartedData) };
    case 'MoveMade':
      return todo('3.3', 'read a stored MoveMade back.');
    // Exercise 3.6, when you are there: the event that ends the game.
    default:
      throw new UnreadableEventError(recorded, 'nobody knows an event of this type.');
  }
}

const gameStartedData = z.object({ playerOne: z.string(), playerTwo: z.string() });

/** The data of a stored event, as the schema says that it is. What does not fit is reported. */
function checked<Data>(recorded: RecordedEvent, schema: z.ZodType<Data>): Data {
  const result = schema.safeParse(recorded.data);
  if (result.success) return result.data;
  throw new UnreadableEventError(recorded, z.prettifyError(result.error));
}
