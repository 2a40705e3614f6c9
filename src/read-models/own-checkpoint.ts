import type { EventStore } from '../event-store/event-store.ts';
import type { Model } from './model.ts';

/** A checkpoint names an event that the store does not have. */
export class ForeignCheckpointError extends Error {
  override readonly name = 'ForeignCheckpointError';

  constructor(name: string, stream: string, revision: bigint) {
    super(
      `"${name}" has handled revision ${revision} of the stream "${stream}", which this event store does not have. ` +
        `Was an older backup restored? A read model can be rebuilt: npm run read-models -- rebuild ${name}`,
    );
  }
}

/**
 * Checks that the last handled event of a model is still in the store, at its place.
 *
 * @throws ForeignCheckpointError
 */
export async function assertOwnCheckpoint(
  store: Pick<EventStore, 'readStream'>,
  name: string,
  { checkpoint }: Model,
): Promise<void> {
  if (checkpoint === undefined) return;
  const { stream, revision, id, position } = checkpoint;
  // An old event may be read as two, and one of them is the last one that was handled.
  const events = await store.readStream(stream, { fromRevision: revision, maxCount: 1 });
  if (!events.some((event) => event.id === id && event.position === position))
    throw new ForeignCheckpointError(name, stream, revision);
}
