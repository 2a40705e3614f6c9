import { jsonEvent, type JSONEventData, type ResolvedEvent } from '@kurrent/kurrentdb-client';

import { toJsonText } from '../append-rules.ts';
import type { NewEvent, RecordedEvent } from '../event-store.ts';

/** An event as the client delivers it. */
export type ClientEvent = NonNullable<ResolvedEvent['event']>;

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

/** The position of an event in the log of all streams. */
export function positionOf({ position, streamId, revision }: ClientEvent): bigint {
  if (position === undefined)
    throw new Error(`The server has sent no position for ${streamId} at revision ${revision}.`);
  return position.commit;
}

/**
 * A new event as the client takes it.
 *
 * @throws InvalidRequestError when JSON cannot express it, before the client begins to send
 */
export function toEventData(event: NewEvent): JSONEventData {
  toJsonText(event, 'data');
  toJsonText(event, 'metadata');
  const { id, type, data, metadata = {} } = event;
  return jsonEvent({ id, type, data: data as JSONEventData['data'], metadata });
}
