import type { Model } from '../read-models/model.ts';
import type { Snapshot } from './snapshot.ts';

/** Where the latest snapshot of each stream is kept. It is a file, so each call may throw. */
export type Snapshots = {
  /** @returns JSON that nobody has checked, or `undefined` */
  get(stream: string): unknown;
  set(stream: string, snapshot: Snapshot): void;
  /** Removes all of them. */
  clear(): void;
};

/** Snapshots in a file of their own, or in memory. */
export function snapshotsIn(model: Model): Snapshots {
  return { ...model.table<Snapshot>('snapshots'), clear: model.clear.bind(model) };
}
