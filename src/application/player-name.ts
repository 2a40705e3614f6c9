/** The maximum number of characters in a typed name. */
const longestName = 40;

/** An emoji, or several joined to one. Each may have a skin tone or a style. */
const emoji =
  /\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?(\u200d\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f]?)*/gu;

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * What is wrong with a typed name, in a sentence for the person who typed it, or `undefined`. The
 * domain checks that each player has a name, and that the two names differ.
 *
 * @param other the name of the other player, if it is known: one that looks the same is refused
 */
export function problemOfName(name: string, other?: string): string | undefined {
  if (Array.from(name).length > longestName) return `A name has at most ${longestName} characters.`;
  if (/\p{Cc}/u.test(name)) return 'A name cannot contain control characters.';
  if (/\p{Bidi_Control}/u.test(name)) return 'A name cannot change the direction of the text.';
  if (invisible.test(name.replace(emoji, ''))) return 'A name cannot contain invisible characters.';
  if (/^[\s\u2800]+$/u.test(name)) return 'A name needs a character that can be seen.';
  return other !== undefined && name !== other && appearance(name) === appearance(other)
    ? 'The two names look the same.'
    : undefined;
}

/** What people see of a name, however its letters, its spaces and its emoji are written. */
function appearance(name: string): string {
  const visible = name.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  return visible.replace(/[\s\u2800]+/gu, ' ').trim();
}
