import fc from 'fast-check';

/** Two people with different names, also ones that nobody would think of. */
export const anyPair = fc.tuple(anyName(), anyName()).filter(([one, two]) => one.toLowerCase() !== two.toLowerCase());

/** A name of two or more letters: rules about short or empty names are a step of their own. */
export function anyName() {
  return fc.oneof(
    fc.constantFrom('Alice', 'Bob', 'Zoë', 'Li Wei', "O'Neill", 'constructor', '李雷'),
    fc.string({ unit: fc.constantFrom('a', 'b', 'd', 'e', 'n', 'x', 'Z', 'Ä', 'ß'), minLength: 2, maxLength: 8 }),
  );
}
