import { decodeGameEvent } from '../application/game-event-codec.ts';
import type { EventStore, RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import type { Model } from './model.ts';
import type { Projection } from './projection.ts';

/** The streams of games. */
const category = 'game-';

/**
 * Applies one event, and stores the checkpoint. An event that the model knows already changes
 * nothing.
 *
 * @throws UnreadableEventError
 */
export function project(model: Model, projection: Projection, recorded: RecordedEvent): void {
  // Exercise 5.3: an event that the model knows already changes nothing.
  const { stream, recordedAt } = recorded;
  projection.apply(model, decodeGameEvent(recorded), { gameId: stream.slice(category.length), recordedAt });
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
  todo('5.4', 'read the events after the checkpoint in batches, and apply each of them.');
}

/** Empties the model, and applies all stored events again. */
export async function rebuild(
  store: Pick<EventStore, 'readAll'>,
  projection: Projection,
  model: Model,
  options: CatchUpOptions = {},
): Promise<void> {
  todo('5.4', 'empty the model, and catch up.');
}
