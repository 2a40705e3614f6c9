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

/** How long the server may be silent, in milliseconds, before it counts as not answering. */
export const silenceTimeoutMs = 3_000;

/** The server was silent for too long. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor() {
    super(`no answer within ${silenceTimeoutMs / 1000} seconds`);
  }
}

/**
 * All events of a read. A long read may take its time, as long as events arrive.
 *
 * @throws NoAnswerError
 */
export function collect(read: AsyncIterable<ResolvedEvent>): Promise<readonly RecordedEvent[]> {
  return withTimeout(async (isAlive) => {
    const events: RecordedEvent[] = [];
    for await (const { event } of read) {
      isAlive();
      if (event) events.push(toRecordedEvent(event)); // a link to a deleted event brings none
    }
    return events;
  });
}

/**
 * @param ask calls `isAlive` whenever a part of the answer has come
 * @throws NoAnswerError
 */
export function withTimeout<Answer>(ask: (isAlive: () => void) => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NoAnswerError());
    }, silenceTimeoutMs);
    void ask(() => timer.refresh())
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
      });
  });
}
