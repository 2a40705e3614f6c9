import { startTracing } from '../../operations/start-tracing.ts';
import type { Hosted } from '../../subscriptions/host.ts';
import { openCareers } from './careers-part.ts';
import { museumPart } from './museum-part.ts';
import type { Part, PartContext } from './part.ts';
import { peoplePart } from './people-part.ts';
import { RecentSpans } from './recent-spans.ts';
import { tracesPart } from './traces-part.ts';

/** What later exercises add to the server: pages, and subscribers that run in it. */
export type Further = { readonly parts: readonly Part[]; readonly subscribers: readonly Hosted[] };

export function openFurther(context: PartContext): Further {
  const { store, signal } = context;
  const spans = new RecentSpans();
  const stopTracing = startTracing([spans]);
  signal.addEventListener('abort', () => void stopTracing());
  const { parts, subscribers } = openCareers(context);
  return { parts: [museumPart(store), ...parts, peoplePart(context), tracesPart(store, spans)], subscribers };
}
