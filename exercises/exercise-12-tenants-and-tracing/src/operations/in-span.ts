import { INVALID_SPAN_CONTEXT, trace, type Attributes, type Link, type Span } from '@opentelemetry/api';

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
  // Exercise 12.5: start a span, do the work while it is active, and end it.
  return work(trace.wrapSpanContext(INVALID_SPAN_CONTEXT));
}
