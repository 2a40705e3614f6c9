import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

import { percentile } from '../../operations/percentile.ts';
import type { SpanView, TracesView, TraceView } from '../traces-messages.ts';

/** The most traces that are shown. */
const mostTraces = 12;

/** The traces of the last commands, each with the traces that are linked to it. */
export function tracesOf(spans: readonly ReadableSpan[]): readonly TraceView[] {
  const commands = spans.filter(({ name }) => name === 'command').slice(-mostTraces);
  return commands.reverse().map((command) => traceOf(command, spans));
}

function traceOf(command: ReadableSpan, all: readonly ReadableSpan[]): TraceView {
  const spans = inOrder(following(command.spanContext().traceId, all));
  const begin = Math.min(...spans.map(({ span }) => startOf(span)));
  const end = Math.max(...spans.map(({ span }) => endOf(span)));
  return {
    id: command.spanContext().spanId,
    title: `${textOf(command, 'type')} in game ${textOf(command, 'game')}`,
    startedAt: begin,
    totalMs: end - begin,
    spans: spans.map(({ span, depth }) => viewOf(span, depth, begin)),
  };
}

/** The spans of a trace, of the traces that have a link to it, and so on. */
function following(traceId: string, all: readonly ReadableSpan[]): readonly ReadableSpan[] {
  const known = new Set([traceId]);
  for (let before = 0; before !== known.size;) {
    before = known.size;
    for (const { links, spanContext } of all.map((span) => ({ links: span.links, spanContext: span.spanContext() }))) {
      if (links.some(({ context }) => known.has(context.traceId))) known.add(spanContext.traceId);
    }
  }
  return all.filter((span) => known.has(span.spanContext().traceId));
}

/** The spans as they began, each with those inside of it right behind it. */
function inOrder(
  spans: readonly ReadableSpan[],
  isFirst = (span: ReadableSpan) => !spans.some((other) => isInside(span, other)),
  depth = 0,
): readonly { readonly span: ReadableSpan; readonly depth: number }[] {
  const first = spans.filter(isFirst).toSorted((one, other) => startOf(one) - startOf(other));
  return first.flatMap((span) => [{ span, depth }, ...inOrder(spans, (other) => isInside(other, span), depth + 1)]);
}

function isInside(span: ReadableSpan, other: ReadableSpan): boolean {
  return span.parentSpanContext?.spanId === other.spanContext().spanId;
}

function viewOf(span: ReadableSpan, depth: number, begin: number): SpanView {
  return {
    id: span.spanContext().spanId,
    name: span.name,
    detail: textOf(span, 'subscriber') || textOf(span, 'stream') || textOf(span, 'type'),
    startMs: startOf(span) - begin,
    ms: endOf(span) - startOf(span),
    depth,
    isLinked: span.links.length > 0,
    hasFailed: span.status.code === SpanStatusCode.ERROR,
  };
}

/** How long events took from their append until a subscriber had handled them. */
export function lagOf(spans: readonly ReadableSpan[]): TracesView['lag'] {
  const appends = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const lags = spans.flatMap((span) => {
    const append = appends.get(span.links[0]?.context.spanId ?? '');
    return span.name !== 'screen' && append !== undefined ? [endOf(span) - endOf(append)] : [];
  });
  const [median, p99] = [percentile(lags, 0.5), percentile(lags, 0.99)];
  return median === undefined || p99 === undefined ? null : { count: lags.length, median, p99 };
}

function startOf({ startTime: [seconds, nanoseconds] }: ReadableSpan): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

function endOf({ endTime: [seconds, nanoseconds] }: ReadableSpan): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

function textOf({ attributes }: ReadableSpan, name: string): string {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
}
