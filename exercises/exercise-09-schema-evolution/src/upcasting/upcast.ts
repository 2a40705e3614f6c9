import type { ReadOptions, RecordedEvent, Streams } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';
import { isOld, withStoredForm } from './stored-events.ts';

/** The events of a stream from its beginning on, as today's program writes them. */
export function upcast(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const todays: readonly RecordedEvent[] = todo('9.6', 'apply the upcasters, one version after the other.');
  return withStoredForm(todays, events);
}

/**
 * Reads a stream as today's events. An old event needs the stream from its beginning on. `maxCount`
 * counts stored events: what was stored as one is never cut apart.
 */
export async function readUpcast(
  store: Streams,
  stream: string,
  options: ReadOptions = {},
): Promise<readonly RecordedEvent[]> {
  const stored = await store.readStream(stream, options);
  if (!stored.some(isOld)) return stored;
  return todo('9.6', 'upcast the stream from its beginning on, and return what the options ask for.');
}
