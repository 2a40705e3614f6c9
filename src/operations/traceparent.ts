import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

import type { RecordedEvent } from '../event-store/event-store.ts';

/**
 * Where a span is, as a text that can be stored and sent: version, trace, span, and flags.
 *
 * Source: W3C Trace Context, https://www.w3.org/TR/trace-context/
 */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** The span in which an event was appended; `undefined` for an event without a readable one. */
export function spanContextIn({ metadata }: Pick<RecordedEvent, 'metadata'>): SpanContext | undefined {
  const text = (metadata as { readonly traceparent?: unknown } | null)?.traceparent;
  if (typeof text !== 'string') return undefined;
  const [, traceId = '', spanId = '', flags = ''] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? [];
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}
