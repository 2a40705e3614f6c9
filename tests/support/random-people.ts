import fc from 'fast-check';

import type { Pair } from './examples.ts';

/** Two people with plain names that have no letters in common. */
export const plainPair = fc
  .shuffledSubarray(['Ada', 'Bo', 'Chloe', 'Dmitri', 'Emeka', 'Fatima', 'Zoë'], { minLength: 2, maxLength: 2 })
  .map(([one = 'Ada', two = 'Bo']): Pair => [one, two]);

/** Two people with different names, including unusual ones. */
export const anyPair = fc.tuple(anyName(), anyName()).filter(([one, two]) => one !== two);

/** A name that is not empty. */
export function anyName() {
  return fc.oneof(
    fc.constantFrom('Alice', 'Bob', ' Ann ', 'Zoë', 'Li Wei', "O'Neill", 'constructor', '李雷'),
    fc.string({ unit: fc.constantFrom('a', 'b', 'd', 'e', 'n', 'x', 'Z', 'Ä', 'ß'), minLength: 1, maxLength: 8 }),
  );
}
