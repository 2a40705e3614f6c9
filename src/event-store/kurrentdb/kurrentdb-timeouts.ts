import type { ResolvedEvent } from '@kurrent/kurrentdb-client';

import type { RecordedEvent } from '../event-store.ts';
import { toRecordedEvent } from './kurrentdb-events.ts';

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
