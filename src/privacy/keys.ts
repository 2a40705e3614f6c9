import { randomBytes } from 'node:crypto';

/** What is known about the key of a person. A key that is gone was forgotten, or it was lost. */
export type KeyState =
  /** The newest key first. There are two while one is replaced by the other. */
  | { readonly state: 'has a key'; readonly keys: readonly Buffer[] }
  | { readonly state: 'forgotten'; readonly at: string }
  | { readonly state: 'missing' };

/** Keeps a key for each person, apart from what was encrypted with it. */
export type Keys = {
  read(person: string): KeyState;
  /** Makes the first key of a person. @throws Error if there is one, or was one */
  create(person: string): Buffer;
  /** Keeps these keys, and no others, the newest first. */
  replace(person: string, keys: readonly Buffer[]): void;
  /** Throws the keys away. What remains says that they were forgotten, and when. */
  forget(person: string, at: Date): void;
};

/** Where the text about each person is kept. A text is written as a whole, or not at all. */
export type KeyTexts = { get(person: string): string | undefined; set(person: string, text: string): unknown };

/** Keys as texts: `{ "keys": […] }`, or `{ "forgotten": … }`. */
export function keysIn(texts: KeyTexts): Keys {
  const replace = (person: string, keys: readonly Buffer[]) => {
    texts.set(person, JSON.stringify({ keys: keys.map((key) => key.toString('base64')) }));
  };
  return {
    read: (person) => stateIn(texts.get(person)),
    create: (person) => {
      if (texts.get(person) !== undefined) throw new Error(`${person} has a key already, or had one.`);
      const key = randomBytes(32);
      replace(person, [key]);
      return key;
    },
    replace,
    forget: (person, at) => {
      texts.set(person, JSON.stringify({ forgotten: at.toISOString() }));
    },
  };
}

function stateIn(text = ''): KeyState {
  try {
    const { keys, forgotten } = JSON.parse(text) as { keys?: readonly string[]; forgotten?: string };
    if (forgotten !== undefined) return { state: 'forgotten', at: forgotten };
    if (keys !== undefined) return { state: 'has a key', keys: keys.map((key) => Buffer.from(key, 'base64')) };
  } catch {
    // An empty or damaged text was not forgotten.
  }
  return { state: 'missing' };
}
