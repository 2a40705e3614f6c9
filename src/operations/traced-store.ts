import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

import type { EventStore, NewEvent } from '../event-store/event-store.ts';
import { inSpan } from './in-span.ts';
import { traceparentOf } from './traceparent.ts';

/**
 * The same store. Each read and each append of a stream is a span. The metadata of an event says in
 * which span it was appended. Without a started SDK, nothing is added.
 */
export function traced(store: EventStore): EventStore {
  return {
    readStream: (stream, options) =>
      inSpan('read', { attributes: { stream } }, () => store.readStream(stream, options)),
    appendToStream: (stream, events, options) =>
      inSpan('append', { attributes: { stream } }, (span) => {
        const appended = events.map((event) => appendedIn(span.spanContext(), event));
        return store.appendToStream(stream, appended, options);
      }),
    readAll: (options) => store.readAll(options),
    subscribeToStream: (stream, options) => store.subscribeToStream(stream, options),
    subscribeToAll: (options) => store.subscribeToAll(options),
    close: () => store.close(),
  };
}

/** The event with the span in its metadata. */
function appendedIn(spanContext: SpanContext, event: NewEvent): NewEvent {
  if (!isSpanContextValid(spanContext)) return event;
  return { ...event, metadata: { ...event.metadata, traceparent: traceparentOf(spanContext) } };
}
