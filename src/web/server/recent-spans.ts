import { EventEmitter, once } from 'node:events';

import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** How many spans are remembered. */
const mostSpans = 2000;

/** Remembers the spans that have ended last. */
export class RecentSpans implements SpanProcessor {
  readonly #spans: ReadableSpan[] = [];
  readonly #ended = new EventEmitter().setMaxListeners(0);

  /** The spans, in the order in which they have ended. */
  get all(): readonly ReadableSpan[] {
    return this.#spans;
  }

  /** Waits for the end of a span, or for the signal. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#ended, 'ended', { signal }).catch(() => undefined);
  }

  onStart(): void {
    // It is remembered when it ends.
  }

  onEnd(span: ReadableSpan): void {
    this.#spans.push(span);
    if (this.#spans.length > mostSpans) this.#spans.splice(0, mostSpans / 2);
    this.#ended.emit('ended');
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
