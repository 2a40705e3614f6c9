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
export async function collect(read: AsyncIterable<ResolvedEvent>): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  const iterator = read[Symbol.asyncIterator]();
  for (;;) {
    const next = await withTimeout(iterator.next());
    if (next.done === true) return events;
    const { event } = next.value;
    if (event) events.push(toRecordedEvent(event)); // a link to a deleted event brings none
  }
}

/** @throws NoAnswerError */
export async function withTimeout<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NoAnswerError());
    }, silenceTimeoutMs);
  });
  return Promise.race([answer, silence]).finally(() => {
    clearTimeout(timer);
  });
}
