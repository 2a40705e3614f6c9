/** The value that a share of the figures does not exceed: 0.5 is the median. */
export function quantile(figures: readonly number[], share: number): number {
  return figures.toSorted((one, other) => one - other)[Math.floor((figures.length - 1) * share)] ?? NaN;
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}
