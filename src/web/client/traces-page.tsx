import { useState } from 'hono/jsx/dom';

import type { SpanView, TracesView, TraceView } from '../traces-messages.ts';
import { usePart } from './use-part.ts';

/** What happened from a click to the screen, as a waterfall. */
export function TracesPage() {
  const { view: shown, trouble } = usePart('traces');
  const view = shown as TracesView | undefined;
  const [chosenId, choose] = useState<string | undefined>(undefined);
  const chosen = view?.traces.find(({ id }) => id === chosenId) ?? view?.traces[0];
  return (
    <>
      <h1>Traces</h1>
      <p>Each command, with all that followed from it. A span with a link has a trace of its own: it came later.</p>
      <p class="trouble">{trouble}</p>
      {view?.traces.length === 0 && <p>Nothing yet. Make a move in a game, and look here again.</p>}
      {view && chosen && (
        <div class="traces">
          <nav aria-label="The last commands">
            <ul>
              {view.traces.map((one) => (
                <li key={one.id}>
                  <button type="button" aria-pressed={one.id === chosen.id} onClick={() => choose(one.id)}>
                    <span>{one.title}</span>
                    <span class="ms">{inMs(one.totalMs)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <Waterfall trace={chosen} />
          {view.lag && (
            <p class="lag">
              From the append until a subscriber had handled the event: {inMs(view.lag.median)} at the median, and{' '}
              {inMs(view.lag.p99)} at the 99th percentile of {view.lag.count}.
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Waterfall({ trace }: { readonly trace: TraceView }) {
  return (
    <table class="waterfall">
      <caption>
        {trace.title}, {inMs(trace.totalMs)} in all
      </caption>
      <thead>
        <tr>
          <th scope="col">Span</th>
          <th scope="col">When</th>
          <th scope="col">For</th>
        </tr>
      </thead>
      <tbody>
        {trace.spans.map((span) => (
          <Bar key={span.id} span={span} totalMs={trace.totalMs} />
        ))}
      </tbody>
    </table>
  );
}

function Bar({ span, totalMs }: { readonly span: SpanView; readonly totalMs: number }) {
  const { name, detail, startMs, ms, depth, isLinked, hasFailed } = span;
  const percent = (part: number) => `${((100 * part) / Math.max(totalMs, 0.001)).toFixed(2)}%`;
  const kind = hasFailed ? 'failed' : isLinked ? 'linked' : 'own';
  return (
    <tr>
      <th scope="row">
        <svg width={12 * depth} height="1" aria-hidden="true" />
        {isLinked && <span title="a trace of its own, with a link">↪ </span>}
        {name} <span class="detail">{detail}</span>
        {hasFailed && <strong> failed</strong>}
      </th>
      <td class="track">
        <svg width="100%" height="18" role="img" aria-label={`after ${inMs(startMs)}`}>
          <rect class={kind} x={percent(startMs)} y="4" width={percent(ms)} height="10" rx="2" />
        </svg>
      </td>
      <td class="ms">{inMs(ms)}</td>
    </tr>
  );
}

function inMs(ms: number): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : `${Math.round(ms)} ms`;
}
