import type { ReadOptions, RecordedEvent, Streams } from '../event-store/event-store.ts';
import { fromV1 } from './from-v1.ts';
import { fromV2 } from './from-v2.ts';
import { fromV3 } from './from-v3.ts';
import { isOld, withStoredForm } from './stored-events.ts';

/** The events of a stream from its beginning on, as today's program writes them. */
export function upcast(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const todays = [fromV1, fromV2, fromV3].reduce((former, toNext) => toNext(former), events);
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
  const { fromRevision = 0n } = options;
  const stored = await store.readStream(stream, options);
  if (!stored.some(isOld)) return stored;
  const before = fromRevision === 0n ? [] : await store.readStream(stream, { maxCount: Number(fromRevision) });
  return upcast([...before, ...stored]).filter(({ revision }) => revision >= fromRevision);
}
