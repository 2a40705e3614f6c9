import type { SpanContext } from '@opentelemetry/api';

import type { RecordedEvent } from '../event-store/event-store.ts';
import { todo } from '../todo.ts';

/**
 * Where a span is, as a text that can be stored and sent: version, trace, span, and flags.
 *
 * Source: W3C Trace Context, https://www.w3.org/TR/trace-context/
 */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return todo('12.4', 'write the version, the trace, the span, and the flags.');
}

/** The span in which an event was appended; `undefined` for an event without a readable one. */
export function spanContextIn({ metadata }: Pick<RecordedEvent, 'metadata'>): SpanContext | undefined {
  return todo('12.4', 'read the traceparent in the metadata, if there is a good one.');
}
