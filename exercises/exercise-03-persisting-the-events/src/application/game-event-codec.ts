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

  /** @param problem what is wrong, as a sentence */
  constructor({ stream, revision, type }: RecordedEvent, problem: string) {
    super(`Revision ${revision} of the stream "${stream}" (${type}) cannot be read: ${problem}`);
    this.stream = stream;
    this.revision = revision;
    this.type = type;
  }
}

/**
 * A domain event as a store takes it.
 *
 * @param id the UUID of the event. A repeated append repeats it
 */
export function encodeGameEvent(event: GameEvent, id: string): NewEvent {
  return todo('3.2', 'return the event in the form of a store: with its id, its type and its data.');
}

/**
 * The domain event that was stored, checked.
 *
 * @throws UnreadableEventError when the type is unknown or the data does not fit it
 */
export function decodeGameEvent(recorded: RecordedEvent): GameEvent {
  switch (recorded.type) {
    case 'GameStarted':
      return { type: 'GameStarted', data: checked(recorded, gameStartedData) };
    case 'MoveMade':
      return todo('3.3', 'decode a stored MoveMade.');
    // Exercise 3.6, later: the event that ends the game.
    default:
      throw new UnreadableEventError(recorded, 'unknown event type.');
  }
}

const gameStartedData = z.object({ playerOne: z.string(), playerTwo: z.string() });

/** The data of a stored event, checked by a schema. */
function checked<Data>(recorded: RecordedEvent, schema: z.ZodType<Data>): Data {
  const result = schema.safeParse(recorded.data);
  if (result.success) return result.data;
  throw new UnreadableEventError(recorded, z.prettifyError(result.error));
}
