import { context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** The spans that end during the work, in that order. The SDK stays started after it. */
export async function spansOf(work: () => Promise<unknown>): Promise<readonly ReadableSpan[]> {
  const exporter = started();
  exporter.reset();
  await work().catch(() => undefined);
  return exporter.getFinishedSpans();
}

/** Does the work in a span of somebody else. @returns its context, and what the work returns */
export async function inOuterSpan<Result>(work: () => Promise<Result>) {
  started();
  const span = trace.getTracer('somebody else').startSpan('outer');
  try {
    const result = await context.with(trace.setSpan(context.active(), span), work);
    return { outer: span.spanContext(), result };
  } finally {
    span.end();
  }
}

/** A process has one SDK, and runs this file again when it watches. */
const memory = globalThis as { spansOfTests?: InMemorySpanExporter };

function started(): InMemorySpanExporter {
  if (memory.spansOfTests !== undefined) return memory.spansOfTests;
  const exporter = new InMemorySpanExporter();
  // On main, a server of another test may have started an SDK in this process.
  if (isSpanContextValid(trace.getTracer('probe').startSpan('probe').spanContext())) withoutSdk();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  memory.spansOfTests = exporter;
  return exporter;
}

/** Ends the tracing of this process, as in a program that has not started an SDK. */
export function withoutSdk(): void {
  for (const api of [trace, context, propagation]) api.disable();
  delete memory.spansOfTests;
}
