/** Whether spans are sent to a collector: by the variables that all of OpenTelemetry reads. */
export function hasCollector(): boolean {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = process.env;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  return Boolean(OTEL_EXPORTER_OTLP_ENDPOINT) || Boolean(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}
