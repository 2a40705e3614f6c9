import {
  EventStoreClosedError,
  EventStoreUnavailableError,
  type EventStore,
  type RecordedEvent,
} from './event-store.ts';
import { isAborted, subscription } from './subscription.ts';

/**
 * What readers get for an event: itself, another one, several, or none. The last one of several has
 * the position of the event, and the ones before it have the positions between it and the event
 * before it.
 */
export type Translate = (event: RecordedEvent) => Promise<readonly RecordedEvent[]> | readonly RecordedEvent[];

/**
 * The log of a store, and its subscriptions, with translated events. Reading goes on behind any
 * position that a reader has seen.
 *
 * @param newTranslate makes what translates the events of one reader, in their order
 */
export function translatedLog(
  store: EventStore,
  newTranslate: () => Translate,
): Pick<EventStore, 'readAll' | 'subscribeToAll' | 'subscribeToStream'> {
  return {
    readAll: async ({ fromPosition, maxCount, streamPrefix } = {}) => {
      const translate = behind(fromPosition, newTranslate());
      const count = maxCount === undefined ? {} : { maxCount };
      const events: RecordedEvent[] = [];
      for (let after = fromPosition; ;) {
        const read = (position?: bigint) => store.readAll({ fromPosition: position, streamPrefix, ...count });
        const page = await read(after).catch((error: unknown) => {
          if (!isRefusal(error, after)) throw error;
          return read();
        });
        for (const event of page) events.push(...(await translate(event)));
        if (maxCount === undefined || events.length >= maxCount || page.length < maxCount)
          return events.slice(0, maxCount);
        after = page.at(-1)?.position;
      }
    },

    subscribeToAll: ({ fromPosition, streamPrefix, signal } = {}) =>
      subscription(async function* (ended) {
        const translate = behind(fromPosition, newTranslate());
        const from = (position?: bigint) =>
          translated(store.subscribeToAll({ fromPosition: position, streamPrefix, signal: ended }), translate, ended);
        try {
          yield* from(fromPosition);
        } catch (error) {
          if (!isRefusal(error, fromPosition)) throw error;
          yield* from();
        }
      }, signal),

    subscribeToStream: (stream, { fromRevision = 0n, signal } = {}) =>
      subscription(
        (ended) => translated(store.subscribeToStream(stream, { fromRevision, signal: ended }), newTranslate(), ended),
        signal,
      ),
  };
}

/** Leaves out what is not behind a position, and what comes again. */
function behind(position = -1n, translate: Translate): Translate {
  let last = position;
  return async (event) => {
    if (event.position <= last) return [];
    const translations = (await translate(event)).filter((one) => one.position > last);
    last = event.position;
    return translations;
  };
}

async function* translated(
  events: AsyncIterable<RecordedEvent>,
  translate: Translate,
  ended: AbortSignal,
): AsyncGenerator<RecordedEvent, void, undefined> {
  for await (const event of events) {
    for (const one of await translate(event)) {
      yield one;
      if (isAborted(ended)) return;
    }
  }
}

/**
 * Whether a store may have refused a position because none of its own events has it. Then the log
 * is read from its beginning.
 */
function isRefusal(error: unknown, position: bigint | undefined): boolean {
  if (position === undefined || position < 0n) return false;
  return !(error instanceof EventStoreUnavailableError) && !(error instanceof EventStoreClosedError);
}
