/** 32 characters, so that a random byte chooses each of them equally often. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz123456789';

/** A random id that can be read aloud: no letter in it looks like a digit. */
export function newGameId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
}

/** Whether a game can have this id. Other programs may choose ids that `newGameId` never makes. */
export function isGameId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
