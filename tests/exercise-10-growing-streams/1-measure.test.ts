import fc from 'fast-check';

import { breakEven, type Costs } from '../../src/careers/break-even.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { frozen } from '../support/frozen.ts';
import { step } from '../support/step.ts';

const career: Costs = { event: 2, read: 30, write: 1000 };

step('10.1', 'a snapshot saves time when folding all events takes longer', () => {
  // 30 to read, a hundredth of 1000 to write, and 50 of 101 events to fold.
  expectBreakEven(career, 101, Infinity, Math.floor((30 + 1000 / 101 + 100) / 2) + 1);
  expectBreakEven({ event: 1, read: 40, write: 0 }, 1, Infinity, 41);
  expectBreakEven({ event: 40, read: 1, write: 0 }, 1, Infinity, 1);
});

step('10.1', 'the same time is not a saving', () => {
  expectBreakEven({ event: 10, read: 100, write: 0 }, 1, Infinity, 11);
  expectBreakEven({ event: 10, read: 50, write: 500 }, 10, Infinity, Math.floor((50 + 50 + 45) / 10) + 1);
  expectBreakEven({ event: 4, read: 8, write: 44 }, 11, Infinity, 9);
});

step('10.1', 'each append pays its part of the write', () => {
  expectBreakEven({ event: 1, read: 0, write: 10_000 }, 1, Infinity, 10_001);
  expectBreakEven({ event: 2, read: 0, write: 10_100 }, 101, Infinity, 101);
});

step('10.1', 'a stream that stays shorter never needs a snapshot', () => {
  expectBreakEven({ event: 2, read: 30, write: 1000 }, 101, 44, undefined);
  expectBreakEven({ event: 10, read: 100, write: 0 }, 1, 10, undefined);
  expectBreakEven({ event: 10, read: 100, write: 0 }, 1, 11, 11);
});

step('10.1', 'for random costs, one event less would not be enough', () => {
  // Even costs of an event, and a write that divides: no number is rounded.
  const anyCosts = fc.record({
    event: fc.integer({ min: 1, max: 50 }).map((half) => 2 * half),
    read: fc.integer({ min: 0, max: 900 }),
    part: fc.integer({ min: 0, max: 90 }),
    every: fc.integer({ min: 1, max: 500 }),
  });
  forAll(anyCosts, ({ event, read, part, every }) => {
    const each = read + part + ((every - 1) * event) / 2;
    expectBreakEven({ event, read, write: part * every }, every, Infinity, Math.floor(each / event) + 1);
  });
});

function expectBreakEven(costs: Costs, every: number, longest: number, wanted: number | undefined): void {
  const actual = longest === Infinity ? breakEven(frozen(costs), every) : breakEven(frozen(costs), every, longest);
  if (actual === wanted) return;
  const { event, read, write } = costs;
  const most = longest === Infinity ? '' : ` The longest stream has ${longest} events.`;
  throw new WrongAnswerError(
    `An event costs ${event} µs, reading a snapshot ${read} µs, writing one ${write} µs, one for ${every} events.${most} ` +
      `Snapshots save time ${wanted === undefined ? 'never' : `from ${wanted} events on`}, but the answer is ${String(actual)}.`,
    placeOf('src/careers/break-even.ts', 'breakEven'),
  );
}
