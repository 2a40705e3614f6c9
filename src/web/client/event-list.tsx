import { useEffect, useRef } from 'hono/jsx/dom';

import type { EventMessage } from '../messages.ts';
import { Section } from './list-page.tsx';
import { momentAt, newCell, type Timeline } from './timeline.ts';

type EventListProps = {
  readonly timeline: Timeline;
  /** How many events have happened at the moment that is shown. */
  readonly shown: number;
  readonly isNow: boolean;
  readonly onTravel: (events: number) => void;
  /** Points at the cell of a move, or at none. */
  readonly onPoint: (cell: string | undefined) => void;
};

/** The stream of a game, as it grows. */
export function EventList({ timeline, shown, isNow, onTravel, onPoint }: EventListProps) {
  const list = useRef<HTMLOListElement | null>(null);
  const wasNow = useRef(true);
  // This is read before the page changes: the list follows new events if its end was in view.
  const wasAtEnd = list.current === null || isAtEnd(list.current);
  useEffect(() => {
    const { current } = list;
    if (current === null) return;
    if (!isNow || !wasNow.current) scrollTo(current, shown - 1);
    else if (wasAtEnd) current.scrollTop = current.scrollHeight;
    wasNow.current = isNow;
  }, [shown, isNow]);

  const item = ({ recorded }: EventMessage, index: number) => {
    const { revision, type, data, recordedAt } = recorded;
    const point = () => onPoint(newCell(momentAt(timeline, index).view, momentAt(timeline, index + 1).view));
    const leave = () => onPoint(undefined);
    return (
      <li
        key={revision}
        class={index >= shown ? 'future' : ''}
        aria-current={index === shown - 1 ? 'step' : undefined}
        onPointerEnter={point}
        onPointerLeave={leave}
        onFocusIn={point}
        onFocusOut={leave}
      >
        <button class="event" onClick={() => onTravel(index + 1)}>
          <span class="revision">{revision}</span>
          <span class="type">{type}</span>
          <code class="data">{JSON.stringify(data)}</code>
          <time datetime={recordedAt} title={recordedAt}>
            {new Date(recordedAt).toLocaleTimeString()}
          </time>
        </button>
        <details>
          <summary>
            JSON<span class="visually-hidden"> of revision {revision}</span>
          </summary>
          <pre tabindex={0}>{JSON.stringify(recorded, null, 2)}</pre>
        </details>
      </li>
    );
  };
  return (
    <Section id="events" title="Events">
      <ol class="events" start={0} ref={list}>
        {timeline.map(item)}
      </ol>
    </Section>
  );
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < 4;
}

/** Scrolls the list, and not the page, so far that an event is in view. */
function scrollTo(list: HTMLElement, index: number): void {
  const item = list.children[index] as HTMLElement | undefined;
  const { offsetTop, offsetHeight } = item ?? { offsetTop: 0, offsetHeight: 0 };
  const least = offsetTop + offsetHeight - list.clientHeight;
  list.scrollTop = Math.min(Math.max(list.scrollTop, least), offsetTop);
}
