import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES in Galois/Counter Mode: it encrypts, and it notices every change. */
const algorithm = 'aes-256-gcm';

/** The lengths in bytes of what is in front of the encrypted text. */
const [ivLength, tagLength] = [12, 16];

/**
 * Encrypts a text for one person. The same text looks different each time.
 *
 * @param key 32 bytes
 * @param person the id of the person: the result cannot be moved to another one
 * @returns the initialization vector, the tag and the encrypted text, in base64
 */
export function seal(text: string, key: Buffer, person: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(person));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
}

/**
 * The text that was sealed.
 *
 * @throws Error when the key or the person is another one, or when somebody has changed it
 */
export function unseal(sealed: string, key: Buffer, person: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const iv = bytes.subarray(0, ivLength);
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(person));
  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
  const text = decipher.update(bytes.subarray(ivLength + tagLength));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
