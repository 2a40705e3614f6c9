import type { Model, Tables } from '../read-models/model.ts';
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
    const event = readPublicEvent(message);
    if (event === undefined) return;
    model.transaction(() => {
      if (isNew(model, message)) enter(model, event);
    });
  };
}

/** Remembers a message in the inbox. @returns whether it was not in there before */
function isNew(tables: Tables, { id }: Message): boolean {
  const inbox = tables.table<{ readonly ids: readonly string[] }>('inbox');
  const ids = inbox.get('latest')?.ids ?? [];
  if (ids.includes(id)) return false;
  inbox.set('latest', { ids: [...ids, id].slice(-inboxSize) });
  return true;
}
