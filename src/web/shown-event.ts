import { decodeGameEvent } from '../application/game-event-codec.ts';
import type { RecordedEvent } from '../event-store/event-store.ts';
import { toProblem } from './problem.ts';
import type { ShownEvent, StoredEvent } from './wire.ts';

/** A stored event, made ready for the page. One that cannot be read is shown all the same, and says why. */
export function toShownEvent(recorded: RecordedEvent): ShownEvent {
  const { stream, id, type, data, metadata, recordedAt } = recorded;
  const [revision, position] = [Number(recorded.revision), Number(recorded.position)];
  const stored: StoredEvent = {
    stream,
    revision,
    position,
    id,
    type,
    data,
    metadata,
    recordedAt: recordedAt.toISOString(),
  };
  try {
    return { revision, stored, event: decodeGameEvent(recorded) };
  } catch (error) {
    return { revision, stored, problem: toProblem(error) };
  }
}
