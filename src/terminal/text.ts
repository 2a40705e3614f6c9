/**
 * Text from elsewhere (a name, a stored event) made safe for a terminal: whatever could move the cursor, change colors or turn
 * the direction of writing is shown as a visible sign, and a text of more than 200 characters is cut.
 */
export function printable(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
  const characters = Array.from(visible.toWellFormed());
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : characters.join('');
}
