/** A random id that can be read aloud: no letter in it looks like a digit. */
export function newGameId(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  // Bytes beyond a multiple of the alphabet's length would favor its first letters.
  const fair = 256 - (256 % alphabet.length);
  let id = '';
  while (id.length < 6) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? fair;
    if (byte < fair) id += alphabet.charAt(byte % alphabet.length);
  }
  return id;
}

/** Whether a game can have this id. Other programs may choose ids that `newGameId` never makes. */
export function isGameId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
