import { checkAppend, checkRead } from '../event-store/append-rules.ts';
import type { EventStore, RecordedEvent } from '../event-store/event-store.ts';
import { subscription } from '../event-store/subscription.ts';
import { todo } from '../todo.ts';
import { checkClub } from './club.ts';

/**
 * The part of a store that belongs to one club. Inside it, a stream has the name that it would have
 * if there were no other club.
 *
 * @throws InvalidSettingError
 */
export function forClub(store: EventStore, club: string): EventStore {
  checkClub(club);
  return {
    readStream: async (stream, options = {}) => {
      checkRead(stream, options);
      return todo('12.2', 'read the stream of the club.');
    },
    appendToStream: async (stream, events, options) => {
      checkAppend(stream, events, options.expectedRevision);
      return todo('12.2', 'append to the stream of the club. An error names the stream as the club sees it.');
    },
    readAll: async ({ streamPrefix = '', ...options } = {}) =>
      todo('12.3', 'read the streams of the club, and no others.'),
    subscribeToStream: (stream, { signal, ...options } = {}) =>
      each((ended) => {
        checkRead(stream, options);
        return todo('12.3', 'subscribe to the stream of the club, until `ended`.');
      }, signal),
    subscribeToAll: ({ signal, streamPrefix = '', ...options } = {}) =>
      each((ended) => todo('12.3', 'subscribe to the streams of the club, and to no others, until `ended`.'), signal),
    close: () => store.close(),
  };

  /** The event as the club sees it. */
  function inside(event: RecordedEvent): RecordedEvent {
    return todo('12.2', 'name the stream as the club sees it.');
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
