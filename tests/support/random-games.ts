import fc from 'fast-check';

import { columns } from '../../src/domain/index.ts';
import { afterMoves, finished, moved, results } from './example-moves.ts';
import { startedBy } from './examples.ts';
import { anyPair } from './random-people.ts';

export const anyColumn = fc.constantFrom(...columns);

/** Random columns, at most six times each. A line may occur before the end. */
const anyColumns = fc
  .array(anyColumn, { maxLength: 42 })
  .map((letters) =>
    letters.filter((letter, index) => letters.slice(0, index).filter((one) => one === letter).length < 6),
  )
  .map((letters) => letters.join(''));

/** The history of a game that follows the rules, without its end. */
export const anyMoves = fc.record({ letters: anyColumns, players: anyPair });

/** Any events in any order, including impossible histories. */
export const anyHistory = fc.array(
  fc.oneof(
    anyPair.map(([one, two]) => startedBy(one, two)),
    fc.constantFrom(startedBy('Alice', 'Bob'), startedBy('', ''), startedBy('Alice', 'Alice')),
    fc.tuple(fc.constantFrom('Alice', 'Bob', 'Mallory', ''), anyColumn).map(([who, to]) => moved(who, to)),
    fc.constantFrom(...results.map(finished)),
    fc.constantFrom(...afterMoves('AAAAAAA')),
  ),
  { maxLength: 12 },
);
