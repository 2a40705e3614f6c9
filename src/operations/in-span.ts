import {
  context,
  isSpanContextValid,
  SpanStatusCode,
  trace,
  type Attributes,
  type Link,
  type Span,
} from '@opentelemetry/api';

/** What to say about a span. */
export type SpanDetails = {
  /** What differs from span to span: the stream, the game. The name stays the same. */
  readonly attributes?: Attributes;
  /** The spans that it follows from, in other traces. */
  readonly links?: readonly Link[];
  /** Whether it begins a trace of its own; default: it is a child of the active span. */
  readonly root?: boolean;
  /** When it began, in milliseconds since 1970; default: now. */
  readonly startTime?: number;
};

/**
 * Does the work in a span. The span is active meanwhile, and it ends in any case. An error is
 * recorded in it, and thrown.
 *
 * @param name one of few: spans are counted and compared by their names
 */
export async function inSpan<Result>(
  name: string,
  { links = [], ...details }: SpanDetails,
  work: (span: Span) => Promise<Result> | Result,
): Promise<Result> {
  const span = trace.getTracer('connect-four').startSpan(name, { ...details, links: [...links] });
  if (!isSpanContextValid(span.spanContext())) return work(span); // no SDK has been started
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
