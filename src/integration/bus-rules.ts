import { InvalidMessageError, type Message } from './bus.ts';

/** The topic of this game: adapters with a server keep its messages under this name. */
export const defaultTopic = 'connect-four';

/** How long a server keeps messages, in milliseconds: seven days. */
export const keptForMs = 7 * 24 * 60 * 60 * 1000;

/**
 * A message as JSON text.
 *
 * @throws InvalidMessageError when no bus can carry it
 */
export function toText({ id, key, type, data, metadata }: Message): string {
  if (!uuid.test(id)) throw new InvalidMessageError(`"${id}" is not the id of a message. It has to be a UUID.`);
  if (key === '') throw new InvalidMessageError(`The message ${id} needs a key.`);
  if (type === '') throw new InvalidMessageError(`The message ${id} needs a type.`);
  try {
    if ((JSON.stringify(data) as string | undefined) !== undefined)
      return JSON.stringify({ id, key, type, data, metadata });
  } catch (error) {
    throw new InvalidMessageError(`The data of the message ${id} cannot be written as JSON.`, { cause: error });
  }
  throw new InvalidMessageError(`The data of the message ${id} cannot be written as JSON.`);
}

/** The message that an adapter has stored as text. */
export function fromText(text: string): Message {
  return JSON.parse(text) as Message;
}

/** @throws InvalidMessageError when a bus cannot use this name */
export function checkConsumer(consumer: string): void {
  if (/^[A-Za-z0-9-]{1,64}$/.test(consumer)) return;
  throw new InvalidMessageError(`"${consumer}" is not the name of a consumer. Use letters, digits and hyphens.`);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
