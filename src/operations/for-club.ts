import { checkAppend, checkRead } from '../event-store/append-rules.ts';
import { WrongExpectedRevisionError, type EventStore, type RecordedEvent } from '../event-store/event-store.ts';
import { subscription } from '../event-store/subscription.ts';
import { checkClub, prefixOf } from './club.ts';

/**
 * The part of a store that belongs to one club. Inside it, a stream has the name that it would have
 * if there were no other club.
 *
 * @throws InvalidSettingError
 */
export function forClub(store: EventStore, club: string): EventStore {
  checkClub(club);
  const prefix = prefixOf(club);
  return {
    readStream: async (stream, options = {}) => {
      checkRead(stream, options);
      return (await store.readStream(prefix + stream, options)).map(inside);
    },
    appendToStream: async (stream, events, options) => {
      checkAppend(stream, events, options.expectedRevision);
      try {
        return await store.appendToStream(prefix + stream, events, options);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevisionError)) throw error;
        throw new WrongExpectedRevisionError(stream, error.expected, error.actual);
      }
    },
    readAll: async ({ streamPrefix = '', ...options } = {}) =>
      (await store.readAll({ ...options, streamPrefix: prefix + streamPrefix })).map(inside),
    subscribeToStream: (stream, { signal, ...options } = {}) =>
      each((ended) => {
        checkRead(stream, options);
        return store.subscribeToStream(prefix + stream, { ...options, signal: ended });
      }, signal),
    subscribeToAll: ({ signal, streamPrefix = '', ...options } = {}) =>
      each((ended) => {
        return store.subscribeToAll({ ...options, streamPrefix: prefix + streamPrefix, signal: ended });
      }, signal),
    close: () => store.close(),
  };

  /** The event as the club sees it. */
  function inside(event: RecordedEvent): RecordedEvent {
    return { ...event, stream: event.stream.slice(prefix.length) };
  }

  /** The events of a subscription, each as the club sees it. */
  function each(
    subscribe: (ended: AbortSignal) => AsyncIterable<RecordedEvent>,
    signal: AbortSignal | undefined,
  ): AsyncIterable<RecordedEvent> {
    return subscription(async function* (ended) {
      for await (const event of subscribe(ended)) yield inside(event);
    }, signal);
  }
}
