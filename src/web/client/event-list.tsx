import { useEffect, useRef } from 'hono/jsx/dom';

import type { EventMessage } from '../messages.ts';
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
    if (current !== null) {
      if (!isNow || !wasNow.current) scrollTo(current, shown - 1);
      else if (wasAtEnd) current.scrollTop = current.scrollHeight;
    }
    wasNow.current = isNow;
  }, [shown, isNow]);
  const cellOf = (index: number) => newCell(momentAt(timeline, index).view, momentAt(timeline, index + 1).view);
  return (
    <ol class="events" start={0} ref={list}>
      {timeline.map((event, index) => (
        <EventItem
          key={event.recorded.revision}
          event={event}
          isFuture={index >= shown}
          isCurrent={index === shown - 1}
          onTravel={() => onTravel(index + 1)}
          onPoint={(isPointing) => onPoint(isPointing ? cellOf(index) : undefined)}
        />
      ))}
    </ol>
  );
}

type EventItemProps = {
  readonly event: EventMessage;
  readonly isFuture: boolean;
  readonly isCurrent: boolean;
  readonly onTravel: () => void;
  readonly onPoint: (isPointing: boolean) => void;
};

function EventItem({ event: { recorded }, isFuture, isCurrent, onTravel, onPoint }: EventItemProps) {
  const { revision, type, data, recordedAt } = recorded;
  const point = () => onPoint(true);
  const leave = () => onPoint(false);
  return (
    <li
      class={isFuture ? 'future' : ''}
      aria-current={isCurrent ? 'step' : undefined}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocusIn={point}
      onFocusOut={leave}
    >
      <button type="button" class="event" onClick={onTravel}>
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
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < 4;
}

/** Scrolls the list, and not the page, so far that an event is in view. */
function scrollTo(list: HTMLElement, index: number): void {
  const item = list.children[index];
  if (!(item instanceof HTMLElement)) {
    list.scrollTop = 0;
    return;
  }
  const [top, bottom] = [item.offsetTop, item.offsetTop + item.offsetHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
