/**
 * The value that this share of all values does not exceed, by the nearest rank.
 *
 * @param share more than 0, and at most 1: 0.99 is the 99th percentile
 * @returns `undefined` without values
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(share * sorted.length) - 1];
}
