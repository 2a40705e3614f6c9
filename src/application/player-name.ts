/** The number of characters that a name may have where somebody types it. */
const longestName = 40;

/**
 * What is wrong with a name that somebody has typed, in a sentence for that person, or `undefined`. That each player has a
 * name, and that the two differ, are rules of the game: the domain checks them.
 */
export function problemOfName(name: string): string | undefined {
  if (Array.from(name).length > longestName) return `A name has at most ${longestName} characters.`;
  if (/\p{Cc}/u.test(name)) return 'A name cannot have control characters in it.';
  return undefined;
}
