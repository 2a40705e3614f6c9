import { z } from 'zod';

/** A page has shown an event. Times are in milliseconds since 1970, by the browser's clock. */
export type ShownRequest = z.infer<typeof shownRequestSchema>;
export const shownRequestSchema = z.strictObject({
  shown: z.strictObject({
    stream: z.string().max(100),
    revision: z.int().min(0),
    receivedAt: z.number(),
    shownAt: z.number(),
  }),
});

/** What the page of the traces shows. */
export type TracesView = {
  /** The latest first. */
  readonly traces: readonly TraceView[];
  /** How long events took from the append until a subscriber had handled them, in milliseconds. */
  readonly lag: { readonly count: number; readonly median: number; readonly p99: number } | null;
};

/** All that follows from one command. */
export type TraceView = {
  readonly id: string;
  readonly title: string;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly totalMs: number;
  /** In the order in which they began. */
  readonly spans: readonly SpanView[];
};

export type SpanView = {
  readonly id: string;
  readonly name: string;
  /** What is said about it: the stream, or the name of the subscriber. */
  readonly detail: string;
  /** In milliseconds since the trace began. */
  readonly startMs: number;
  readonly ms: number;
  /** How many spans it is inside of. */
  readonly depth: number;
  /** Whether it begins a trace of its own, with a link to this one. */
  readonly isLinked: boolean;
  readonly hasFailed: boolean;
};
