import type { Model, Tables } from '../read-models/model.ts';
import { todo } from '../todo.ts';
import type { HandleMessage, Message } from './bus.ts';
import { enter } from './members.ts';
import { readPublicEvent } from './public-events.ts';

/** The name of this consumer on the bus. */
export const hallOfFame = 'hall-of-fame';

/** How many messages the inbox remembers. Older ones do not come again. */
export const inboxSize = 200;

/**
 * The hall of fame of the club. It is another program than the game: it knows only the messages. A
 * message that comes again counts once.
 *
 * @param model keeps its rows and its inbox
 * @returns what it does with a message. An error tells the bus to try again, and then to park it
 */
export function enteringInto(model: Model): HandleMessage {
  return (message) => {
    // Exercise 8.6: the inbox and the rows belong together, wherever the program ends.
    const event = readPublicEvent(message);
    if (event !== undefined && isNew(model, message)) enter(model, event);
  };
}

/** Remembers a message in the inbox. @returns whether it was not in there before */
function isNew(tables: Tables, { id }: Message): boolean {
  // Exercise 8.7, later: the inbox must not grow forever.
  return todo('8.6', 'remember the id of the message, and return whether it is new.');
}
