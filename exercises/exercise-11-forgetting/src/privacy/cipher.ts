import { todo } from '../todo.ts';

/**
 * Encrypts a text for one person. The same text looks different each time.
 *
 * @param key 32 bytes
 * @param person the id of the person: the result cannot be moved to another one
 * @returns the initialization vector, the tag and the encrypted text, in base64
 */
export function seal(text: string, key: Buffer, person: string): string {
  return todo('11.2', 'encrypt the text for this person.');
}

/**
 * The text that was sealed.
 *
 * @throws Error when the key or the person is another one, or when somebody has changed it
 */
export function unseal(sealed: string, key: Buffer, person: string): string {
  return todo('11.2', 'decrypt the text of this person.');
}
