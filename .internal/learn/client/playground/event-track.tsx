import { useLayoutEffect, useRef } from 'hono/jsx/dom';

import { isObject, jsonOf, type Change } from './differences.ts';
import type { Moment } from './messages.ts';

type TrackProps = {
  readonly events: readonly unknown[];
  readonly moments: readonly Moment[];
  /** How many events have happened at the moment that is shown. */
  readonly shown: number;
  readonly onTravel: (events: number) => void;
  /** Forgets all events from this one on. */
  readonly onForget: (from: number) => void;
};

/** The history as a list, and a slider through time. */
export function EventTrack({ events, moments, shown, onTravel, onForget }: TrackProps) {
  const isNow = shown === events.length;
  const list = useRef<HTMLOListElement | null>(null);
  useLayoutEffect(() => {
    const current = list.current?.children[shown - 1];
    if (!(current instanceof HTMLElement) || list.current === null) return;
    const { offsetTop, offsetHeight } = current;
    const { scrollTop, clientHeight } = list.current;
    if (offsetTop < scrollTop) list.current.scrollTop = offsetTop;
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = offsetTop + offsetHeight - clientHeight;
  }, [shown, events.length]);
  const label = isNow ? `Now, after ${events.length} events` : `After ${shown} of ${events.length} events`;
  return (
    <section class="history" aria-labelledby="history-title">
      <header>
        <h3 id="history-title">Events</h3>
        <span>
          {!isNow && (
            <button class="plain" key="now" onClick={() => onTravel(events.length)}>
              Back to now
            </button>
          )}
          {events.length > 0 && (
            <button class="plain" key="forget" onClick={() => onForget(isNow ? 0 : shown)}>
              {isNow ? 'Forget all' : 'Forget the later ones'}
            </button>
          )}
        </span>
      </header>
      {events.length === 0 && <p class="quiet">Nothing has happened yet. Send a command.</p>}
      {events.length > 0 && (
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={label}
          min={0}
          max={events.length}
          value={shown}
          onInput={(event: Event) => onTravel((event.currentTarget as HTMLInputElement).valueAsNumber)}
        />
      )}
      <ol class="events" start={0} ref={list}>
        {events.map((event, index) => (
          <li class={index >= shown ? 'later' : ''} aria-current={index === shown - 1 ? 'true' : undefined}>
            <button onClick={() => onTravel(index + 1)}>
              <span class="revision">{index}</span>
              <b>{eventName(event)}</b>
              <span class="data">{dataOf(event)}</span>
            </button>
            {moments[index + 1]?.error !== undefined && <span class="failed-mark">evolve fails</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul class="changes">
      {changes.map(({ path, before, after }) => (
        <li key={path}>
          <code>{path === '' ? 'state' : path}</code> <del>{before === undefined ? 'not there' : jsonOf(before)}</del> →{' '}
          <ins>{after === undefined ? 'not there' : jsonOf(after)}</ins>
        </li>
      ))}
      {changes.length === 0 && <li>An event that could be folded fails now, or the other way round.</li>}
    </ul>
  );
}

export function eventName(event: unknown): string {
  return isObject(event) && typeof event['type'] === 'string' ? event['type'] : 'an event without a type';
}

/** The data of an event, in the order of its fields. */
function dataOf(event: unknown): string {
  const data = isObject(event) ? event['data'] : event;
  if (!isObject(data)) return data === undefined ? '' : jsonOf(data);
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : jsonOf(value)}`)
    .join(', ');
}
