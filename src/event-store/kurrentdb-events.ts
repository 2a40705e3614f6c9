import { jsonEvent, type JSONEventData, type ResolvedEvent } from '@kurrent/kurrentdb-client';

import type { NewEvent, RecordedEvent } from './event-store.ts';
import { toJsonText } from './requests.ts';

/** An event as the client brings it. */
export type ClientEvent = NonNullable<ResolvedEvent['event']>;

/** All events of a read, as the contract has them. A link to what was deleted brings none. */
export async function collect(events: AsyncIterable<ResolvedEvent>): Promise<readonly RecordedEvent[]> {
  const collected: RecordedEvent[] = [];
  for await (const { event } of events) if (event) collected.push(toRecordedEvent(event));
  return collected;
}

/** An event of the client as the contract has it. */
export function toRecordedEvent(event: ClientEvent): RecordedEvent {
  return {
    id: event.id,
    type: event.type,
    data: event.data,
    metadata: event.metadata ?? {},
    stream: event.streamId,
    revision: event.revision,
    position: positionOf(event),
    recordedAt: event.created,
  };
}

/** The place of an event in the log of all streams. */
export function positionOf({ position, revision }: ClientEvent): bigint {
  return position?.commit ?? revision;
}

/**
 * An event that is to be appended as the client takes it.
 *
 * @throws InvalidRequestError when JSON cannot say it
 */
export function toEventData(event: NewEvent): JSONEventData {
  // It is refused here, and not in the middle of sending.
  toJsonText(event, 'data');
  const { id, type, data, metadata = {} } = event;
  return jsonEvent({ id, type, data: data as JSONEventData['data'], metadata });
}
