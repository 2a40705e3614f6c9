import fc from 'fast-check';

import { percentile } from '../../src/operations/percentile.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { step } from '../support/step.ts';

step('12.8', 'the 99th percentile of 1 to 100 is 99, whatever their order', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  for (const values of [hundred, hundred.toReversed(), hundred.map((value) => (value * 37) % 101 || value)]) {
    expectPercentile(values, 0.99, 99);
    expectPercentile(values, 0.5, 50);
    expectPercentile(values, 1, 100);
    expectPercentile(values, 0.01, 1);
  }
});

step('12.8', 'it is one of the values: numbers are compared as numbers, and there may be few', () => {
  expectPercentile([5], 0.99, 5);
  expectPercentile([10, 9], 0.5, 9);
  expectPercentile([100, 20, 3], 0.99, 100);
  expectPercentile([100, 20, 3], 0.5, 20);
  expectPercentile([-1, -20], 0.5, -20);
  expectPercentile([0.25, 0.5], 0.25, 0.25);
});

step('12.8', 'without values there is none', () => {
  const found = percentile([], 0.99);
  if (found !== undefined) throw wrong(`Without values, it must be undefined. It was ${String(found)}.`);
});

step('12.8', 'at least the share of the values is at or below it, and it is the smallest such value', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });
  forAll(
    fc.tuple(values, fc.constantFrom(0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1)),
    ([numbers, share]) => {
      const rank = share * numbers.length;
      // Where the product is a whole number but for a rounding error, both neighbors are right.
      if (rank !== Math.round(rank) && Math.abs(rank - Math.round(rank)) < 1e-9) return;
      const isEnough = (value: number) => numbers.filter((one) => one <= value).length >= rank;
      expectPercentile(numbers, share, Math.min(...numbers.filter(isEnough)));
    },
    300,
  );
});

function expectPercentile(values: readonly number[], share: number, expected: number): void {
  const found = percentile(Object.freeze([...values]), share);
  if (found === expected) return;
  const few = values.length > 8 ? `${values.slice(0, 8).join(', ')}, …` : values.join(', ');
  throw wrong(
    `The share ${share} of the ${values.length} values ${few} must be ${expected}, but it was ${String(found)}.`,
  );
}

function wrong(problem: string): WrongAnswerError {
  return new WrongAnswerError(problem, placeOf('src/operations/percentile.ts', 'percentile'));
}
