import type { GameEvent } from '../domain/index.ts';
import { todo } from '../todo.ts';
import type { Message } from './bus.ts';
import type { PublicEvent } from './public-schema.ts';

/**
 * What others learn from the last event of a game.
 *
 * @param history the events of the game, up to and including that event
 * @returns `undefined` when the event concerns nobody else
 */
export function publicEventOf(gameId: string, history: readonly GameEvent[]): PublicEvent | undefined {
  return todo('8.1', 'return what others may know about the last event, and nothing private.');
}

/**
 * The public event that a message carries, checked.
 *
 * @returns `undefined` for messages about something else
 * @throws UnreadableMessageError when the data does not fit, or for another version
 */
export function readPublicEvent(message: Message): PublicEvent | undefined {
  return todo('8.5', 'check the type and the data of the message, and return the public event in it.');
}
