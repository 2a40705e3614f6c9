import { trace } from '@opentelemetry/api';

import type { EventStore } from '../../event-store/event-store.ts';
import { spanContextIn } from '../../operations/traceparent.ts';
import { shownRequestSchema, type ShownRequest, type TracesView } from '../traces-messages.ts';
import { viewsOf, type Part } from './part.ts';
import type { RecentSpans } from './recent-spans.ts';
import { lagOf, tracesOf } from './waterfall.ts';

/** The longest time for which a span of a page is believed, in milliseconds. */
const longestMs = 60_000;

/** What happened in this server, from a click to the screen. */
export function tracesPart(store: EventStore, recent: RecentSpans): Part {
  const view = (): TracesView => ({ traces: tracesOf(recent.all), lag: lagOf(recent.all) });
  return {
    name: 'traces',
    follow: (signal) => viewsOf(view, (ended) => recent.changed(ended), signal),
    handle: async (request) => {
      await showOnScreen(store, shownRequestSchema.parse(request).shown);
      return {};
    },
  };
}

/** The span of a page that shows an event. Its clock is not ours, so it may be refused. */
async function showOnScreen(store: EventStore, shown: ShownRequest['shown']): Promise<void> {
  const { stream, revision, receivedAt, shownAt } = shown;
  const [event] = await store.readStream(stream, { fromRevision: BigInt(revision), maxCount: 1 });
  const cause = event && spanContextIn(event);
  const now = Date.now();
  const isBelievable = receivedAt <= shownAt && Math.abs(now - shownAt) < longestMs && now - receivedAt < longestMs;
  if (cause === undefined || !isBelievable) return;
  const options = { root: true, startTime: receivedAt, attributes: { stream }, links: [{ context: cause }] };
  trace.getTracer('connect-four').startSpan('screen', options).end(shownAt);
}
