import { decodeGameEvent } from '../application/game-event-codec.ts';
import type { EventStore, RecordedEvent } from '../event-store/event-store.ts';
import type { Model } from './model.ts';
import type { Projection } from './projection.ts';

/** The streams of games. */
const category = 'game-';

/** How many events a rebuild reads at once, and stores in one transaction. */
const batchSize = 500;

/**
 * Applies one event, and stores the checkpoint. An event that the model knows already changes
 * nothing.
 *
 * @throws UnreadableEventError
 */
export function project(model: Model, projection: Projection, recorded: RecordedEvent): void {
  if (model.checkpoint !== undefined && recorded.position <= model.checkpoint.position) return;
  const { stream, recordedAt } = recorded;
  projection.apply(model, decodeGameEvent(recorded), { gameId: stream.slice(category.length), recordedAt });
  model.checkpoint = recorded;
}

/** What a rebuild reports after each batch, and whether to go on. */
export type CatchUpOptions = {
  /** The number of events that were applied since the last call. */
  readonly onProgress?: (events: number) => void;
  /** Ends it between two batches. A later call goes on from there. */
  readonly signal?: AbortSignal;
};

/**
 * Applies all stored events after the checkpoint.
 *
 * @throws UnreadableEventError. The batches before it are stored
 */
export async function catchUp(
  store: Pick<EventStore, 'readAll'>,
  projection: Projection,
  model: Model,
  { onProgress, signal }: CatchUpOptions = {},
): Promise<void> {
  while (signal?.aborted !== true) {
    const fromPosition = model.checkpoint?.position;
    const events = await store.readAll({ fromPosition, streamPrefix: category, maxCount: batchSize });
    if (events.length === 0) return;
    model.transaction(() => {
      for (const event of events) project(model, projection, event);
    });
    onProgress?.(events.length);
  }
}

/** Empties the model, and applies all stored events again. */
export async function rebuild(
  store: Pick<EventStore, 'readAll'>,
  projection: Projection,
  model: Model,
  options: CatchUpOptions = {},
): Promise<void> {
  model.clear();
  await catchUp(store, projection, model, options);
}
