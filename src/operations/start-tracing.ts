import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';

import { hasCollector } from './has-collector.ts';

/** How long an end of the program waits for a collector, in milliseconds. */
const collectorTimeoutMs = 2000;

/**
 * Starts the SDK, once in a program: spans go to the collector, if there is one.
 *
 * @param others who else gets the spans
 * @returns sends what was not sent yet, and ends
 */
export function startTracing(others: readonly SpanProcessor[] = []): () => Promise<void> {
  const collector = hasCollector() ? [new BatchSpanProcessor(toCollector())] : [];
  const resource = resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] ?? 'connect-four' });
  const provider = new NodeTracerProvider({ resource, spanProcessors: [...others, ...collector] });
  provider.register();
  return () => provider.shutdown().catch(() => undefined); // a missing collector stops no program
}

/** Sends spans, and says once when that fails. The address is in the usual variables. */
function toCollector(): OTLPTraceExporter {
  const timeout = process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] ? {} : { timeoutMillis: collectorTimeoutMs };
  const exporter = new OTLPTraceExporter(timeout);
  const send = exporter.export.bind(exporter);
  let hasFailed = false;
  exporter.export = (spans, done) => {
    send(spans, (result) => {
      if (result.error !== undefined && !hasFailed) {
        console.error(`The collector of the traces does not take them: ${result.error.message}`);
      }
      hasFailed ||= result.error !== undefined;
      done(result);
    });
  };
  return exporter;
}
