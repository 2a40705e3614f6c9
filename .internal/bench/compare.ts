import { Bench } from 'tinybench';

import { addRow, addGrowth, type Growth, type Row } from './results.ts';
import { atMost } from './short.ts';
import { median, quantile } from './statistics.ts';

/** Two ways to do the same work. Each call does the work once. */
export type Contest = Pick<Row, 'what' | 'beside' | 'goal' | 'durable'> & {
  readonly ours: () => Promise<void> | void;
  readonly other: () => Promise<void> | void;
  /** The number of times that a call does the work, for the figure per second. */
  readonly times: number;
};

/**
 * Runs the two in turn, so that a slow phase of the machine affects both, and adds a row. The ratio
 * is the median of the ratios of the pairs.
 */
export async function compare({ ours, other, ...about }: Contest, rounds = 21): Promise<void> {
  await ours();
  await other();
  await compareFigures({ ...about, ours: () => millisecondsOf(ours), other: () => millisecondsOf(other) }, rounds);
}

/** The same with two ways that measure themselves. They return milliseconds. */
export async function compareFigures(
  { ours, other, times, ...about }: Omit<Contest, 'ours' | 'other'> & Record<'ours' | 'other', () => Promise<number>>,
  rounds = 21,
): Promise<void> {
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round < atMost(rounds, 3); round += 1) {
    if (round % 2 === 0) pairs.push([await ours(), await other()]);
    else pairs.push([await other(), await ours()].toReversed() as [number, number]);
  }
  const ratios = pairs.map(([one, two]) => one / two);
  const perSecond = (figures: readonly number[]) => Math.round((times * 1000) / median(figures));
  addRow({
    ...about,
    perSecond: { ours: perSecond(pairs.map(([one]) => one)), other: perSecond(pairs.map(([, two]) => two)) },
    ratio: median(ratios),
    spread: [quantile(ratios, 0.1), quantile(ratios, 0.9)],
    rounds: pairs.length,
  });
}

/**
 * What "at most linear" allows. More memory than the processor keeps at hand can double a time;
 * what is quadratic grows ten times as fast as a size that grows ten times.
 */
const linear = 2;

/**
 * Does the same with inputs of several sizes in turn, and adds a row that says how the time grows.
 *
 * @param measure does the work with an input of that size, and returns milliseconds
 */
export async function grow(
  what: string,
  sizes: readonly number[],
  measure: (size: number) => Promise<number>,
  rounds = 9,
): Promise<void> {
  const times: number[][] = [];
  for (let round = -1; round < atMost(rounds, 1); round += 1) {
    const row: number[] = [];
    for (const size of sizes) row.push(await measure(size));
    if (round >= 0) times.push(row);
  }
  const [before = NaN, last = NaN] = sizes.slice(-2);
  const growths = times.map((row) => {
    const [shorter = NaN, longer = NaN] = row.slice(-2);
    return longer / shorter / (last / before);
  });
  const medians: Growth['times'] = sizes.map((_, index) => median(times.map((row) => row[index] ?? NaN)));
  addGrowth({ what, sizes, times: medians, growth: median(growths), goal: linear });
}

/** The time of one call, in milliseconds. */
export async function millisecondsOf(work: () => Promise<void> | void): Promise<number> {
  const bench = new Bench({ iterations: 1, time: 0, warmup: false });
  bench.add('work', work, { async: true }); // or it would be called once more, to find out
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state === 'errored') throw result.error;
  if (result === undefined || !('latency' in result)) throw new Error('Nothing was measured.');
  return result.latency.mean;
}
