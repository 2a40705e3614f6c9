import { z } from 'zod';

import type { RecordedEvent } from '../event-store/event-store.ts';
import { careerSchema, careerVersion, type Career } from './career-schema.ts';
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
export function snapshotOf(career: Career, { revision, id }: Pick<RecordedEvent, 'revision' | 'id'>): Snapshot {
  return { version: careerVersion, revision: String(revision), eventId: id, career };
}

/** @returns `undefined` without a snapshot that this program can use, for whatever reason */
export function readSnapshot(snapshots: Snapshots, stream: string): Snapshot | undefined {
  try {
    return snapshotSchema.safeParse(snapshots.get(stream)).data;
  } catch {
    return undefined; // the file cannot be read: the events can
  }
}

const snapshotSchema = z.object({
  version: z.literal(careerVersion),
  revision: z.string().regex(/^\d{1,18}$/),
  eventId: z.string(),
  career: careerSchema,
});
