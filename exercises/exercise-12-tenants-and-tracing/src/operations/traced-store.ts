import type { EventStore } from '../event-store/event-store.ts';
import { inSpan } from './in-span.ts';

/**
 * The same store. Each read and each append of a stream is a span. The metadata of an event says in
 * which span it was appended. Without a started SDK, nothing is added.
 */
export function traced(store: EventStore): EventStore {
  return {
    readStream: (stream, options) =>
      inSpan('read', { attributes: { stream } }, () => store.readStream(stream, options)),
    // Exercise 12.6: append in a span, and say in the metadata of each event in which one.
    appendToStream: (stream, events, options) => store.appendToStream(stream, events, options),
    readAll: (options) => store.readAll(options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
}
