import { todo } from '../todo.ts';

/** What was measured, in microseconds. */
export type Costs = {
  /** To read and fold one event. */
  readonly event: number;
  /** To read a snapshot. */
  readonly read: number;
  /** To write a snapshot. */
  readonly write: number;
};

/**
 * The length of a stream from which on snapshots save time. Each append loads the state once. A
 * snapshot is written at each `every`-th event, so that a load folds half of them on average.
 *
 * @param longest the most events that such a stream can have
 * @returns the smallest number of events, or `undefined`: never
 */
export function breakEven({ event, read, write }: Costs, every: number, longest = Infinity): number | undefined {
  return todo('10.1', 'return the smallest number of events from which on snapshots save time.');
}
