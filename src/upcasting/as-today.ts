import {
  WrongExpectedRevisionError,
  type EventStore,
  type ExpectedRevision,
  type RecordedEvent,
  type Streams,
} from '../event-store/event-store.ts';
import { translatedLog, type Translate } from '../event-store/translated-log.ts';
import { mayBeSkipped, onlyKnown } from './newer-events.ts';
import { isCopy } from './rewritten.ts';
import { isGameStream, isKnown, isOld } from './stored-events.ts';
import { readUpcast, upcast } from './upcast.ts';

/** How many games with old events are remembered while the log is read. */
const mostRemembered = 100;

/**
 * The same store. Games that an earlier version of the program has written are read as if today's
 * program had. What is stored never changes.
 *
 * An event of an unknown type stops a reader of its stream. In the log it is handed on, so that it
 * does not stop other games. If it may be skipped, it is left out.
 */
export function asToday(store: EventStore): EventStore {
  return {
    ...translatedLog(store, () => eventsOfToday(store)),
    readStream: async (stream, options) => {
      if (!isGameStream(stream)) return store.readStream(stream, options);
      const events = await readUpcast(store, stream, options);
      return events.every(isKnown) ? events : onlyKnown(events);
    },
    appendToStream: async (stream, events, options) => {
      try {
        return await store.appendToStream(stream, events, options);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError) || !isGameStream(stream)) throw error;
        const expectedRevision = await afterSkipped(store, stream, options.expectedRevision);
        if (expectedRevision === undefined) throw error;
        return store.appendToStream(stream, events, { expectedRevision });
      }
    },
    close: () => store.close(),
  };
}

/** An old event is two events of today, or one. A copy tells nothing new, so it is none. */
function eventsOfToday(store: EventStore): Translate {
  const games = new Map<string, readonly RecordedEvent[]>();
  return async (event) => {
    const { stream, revision } = event;
    if (!isGameStream(stream)) return [event];
    if (isCopy(event)) return [];
    if (!isOld(event)) return isKnown(event) || !mayBeSkipped(event) ? [event] : [];
    let game = games.get(stream) ?? [];
    if ((game.at(-1)?.revision ?? -1n) < revision) game = upcast(await store.readStream(stream));
    games.delete(stream); // and back in at the end, as the latest
    games.set(stream, game);
    if (games.size > mostRemembered) games.delete([...games.keys()][0] ?? '');
    return game.filter((one) => one.revision === revision);
  };
}

/** The last of the events after a revision that may be skipped: readers have not seen them. */
async function afterSkipped(store: Streams, stream: string, expected: ExpectedRevision) {
  if (typeof expected !== 'bigint' && expected !== 'no_stream') return undefined;
  const fromRevision = expected === 'no_stream' ? 0n : expected + 1n;
  const next = await store.readStream(stream, { fromRevision });
  const end = next.findIndex((event) => isKnown(event) || isOld(event) || !mayBeSkipped(event));
  return next.slice(0, end === -1 ? undefined : end).at(-1)?.revision;
}
