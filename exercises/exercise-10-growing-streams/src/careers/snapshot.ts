import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Career } from './career-schema.ts';
import type { Snapshots } from './snapshots.ts';

/** A state that was folded once, to save the next fold. It can be deleted at any time. */
export type Snapshot = {
  /** The version of the shape of the state. */
  readonly version: number;
  /** The last event in the state. The revision is text: JSON has no bigint. */
  readonly revision: string;
  readonly eventId: string;
  readonly career: Career;
};

/** @param last the last event that the career was folded from */
export function snapshotOf(career: Career, last: Pick<RecordedEvent, 'revision' | 'id'>): Snapshot {
  return todo('10.2', 'return a snapshot that says which event was the last one, and which version the shape has.');
}

/** @returns `undefined` without a snapshot that this program can use, for whatever reason */
export function readSnapshot(snapshots: Snapshots, stream: string): Snapshot | undefined {
  // Exercise 10.4: whatever is wrong with the snapshot or its file, there is none.
  return snapshots.get(stream) as Snapshot | undefined;
}
