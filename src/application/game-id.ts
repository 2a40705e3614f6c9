/** An id that can be read aloud: no letter in it looks like a digit. It is made from chance, on a server or in a browser. */
export function newGameId(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  // What is beyond the last full round of the alphabet would favor its first letters, and is drawn again.
  const fair = 256 - (256 % alphabet.length);
  let id = '';
  while (id.length < 6) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? fair;
    if (byte < fair) id += alphabet.charAt(byte % alphabet.length);
  }
  return id;
}
