/** Two ways to do the same work. Each call does the work once. */
export type Contest = {
  readonly what: string;
  readonly ours: () => Promise<void>;
  readonly other: () => Promise<void>;
  /** The number of times that a call does the work, for the figure per second. */
  readonly times: number;
};

/**
 * Runs the two in turn, so that a slow phase of the machine affects both. Prints the medians and
 * the median of the ratios, pair by pair.
 */
export async function compare({ what, ours, other, times }: Contest, rounds = 41): Promise<void> {
  await ours();
  await other();
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? ours : other;
    const second = round % 2 === 0 ? other : ours;
    const [one, two] = [await milliseconds(first), await milliseconds(second)];
    pairs.push(first === ours ? [one, two] : [two, one]);
  }
  const perSecond = (figures: readonly number[]) =>
    Math.round((times * 1000) / median(figures)).toLocaleString('en-US');
  const ratio = median(pairs.map(([one, two]) => one / two));
  console.log(
    `${what.padEnd(34)} ${perSecond(pairs.map(([one]) => one)).padStart(10)}/s  compared with ${perSecond(pairs.map(([, two]) => two)).padStart(10)}/s` +
      `  takes ${ratio.toFixed(2)} times as long`,
  );
}

/** Prints the median and the 99th percentile of times in milliseconds. */
export function reportTimes(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(1).padStart(7);
  console.log(`${what.padEnd(48)} p50 ${at(0.5)}  p99 ${at(0.99)}  (${times.length} times)`);
}

export function median(figures: readonly number[]): number {
  return figures.toSorted((one, two) => one - two)[Math.floor(figures.length / 2)] ?? NaN;
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
