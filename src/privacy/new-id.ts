import { randomInt } from 'node:crypto';

const alphabet = 'abcdefghjkmnpqrstuvwxyz123456789';

/** The random id of a person: 40 bits, as 8 letters and digits that can be read aloud. */
export function newPersonId(): string {
  return Array.from({ length: 8 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
