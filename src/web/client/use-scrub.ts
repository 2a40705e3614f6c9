import { useLayoutEffect, useRef } from 'hono/jsx/dom';

import type { Way } from './use-moment.ts';

/** How far the pointer goes before a press becomes a drag, in pixels. */
const dragStart = 4;

/** How long an event is shown while one drags beyond the end of the track. */
const edgeMs = 60;

/** How many events a page key goes. */
const page = 10;

type Drag = {
  readonly fromY: number;
  /** Whether it is more than a press by now. */
  isOn: boolean;
  hasTravelled: boolean;
  /** Goes on while the pointer is beyond the track. */
  edge?: ReturnType<typeof setInterval>;
};

/**
 * Travels by dragging along a track: by mouse anywhere on it, and by touch on its rail, because
 * elsewhere a finger scrolls.
 *
 * @param shown how many events have happened at the moment that is shown
 */
export function useScrub(
  track: { current: HTMLElement | null },
  shown: number,
  onTravel: (events: number, way?: Way) => void,
) {
  const drag = useRef<Drag | undefined>(undefined);
  const latest = useRef({ shown, onTravel });
  latest.current = { shown, onTravel };

  // The handle stands at the event that happened last.
  useLayoutEffect(() => {
    const { current } = track;
    if (current === null) return undefined;
    const place = () => {
      current.style.setProperty('--at', `${topOf(stops(current)[latest.current.shown])}px`);
    };
    place();
    const observer = new ResizeObserver(place);
    for (const list of current.querySelectorAll('.events')) observer.observe(list);
    return () => {
      observer.disconnect();
    };
  }, [shown]);

  const goTo = (events: number) => {
    const { current } = drag;
    if (current === undefined || events === latest.current.shown) return;
    latest.current.onTravel(events, current.hasTravelled ? 'drag' : 'jump');
    current.hasTravelled = true;
  };
  const begin = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    const isRail = target.closest('.rail') !== null;
    if (event.button !== 0 || (!isRail && event.pointerType !== 'mouse') || target.closest('details, .ghosts')) return;
    drag.current = { fromY: event.clientY, isOn: isRail, hasTravelled: false };
    if (isRail) moveTo(event);
  };
  const move = (event: PointerEvent) => {
    const { current } = drag;
    if (current !== undefined && (current.isOn || Math.abs(event.clientY - current.fromY) > dragStart)) moveTo(event);
  };
  const moveTo = ({ clientY, pointerId }: PointerEvent) => {
    const { current } = track;
    if (current === null || drag.current === undefined) return;
    current.setPointerCapture(pointerId);
    drag.current.isOn = true;
    const { top, bottom } = current.getBoundingClientRect();
    const by = clientY < top ? -1 : clientY > bottom ? 1 : 0;
    clearInterval(drag.current.edge);
    if (by === 0) goTo(stops(current).filter((stop) => stop.getBoundingClientRect().top <= clientY).length - 1);
    else
      drag.current.edge = setInterval(() => {
        goTo(latest.current.shown + by);
      }, edgeMs);
  };
  const end = () => {
    clearInterval(drag.current?.edge);
    drag.current = undefined;
  };
  /** Time goes down the track, so down is forward. */
  const press = (event: KeyboardEvent) => {
    const target = {
      ArrowUp: latest.current.shown - 1,
      ArrowDown: latest.current.shown + 1,
      PageUp: latest.current.shown - page,
      PageDown: latest.current.shown + page,
      Home: 0,
      End: Infinity,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    latest.current.onTravel(target, event.repeat ? 'drag' : 'step');
  };
  return {
    ofTrack: { onPointerDown: begin, onPointerMove: move, onPointerUp: end, onPointerCancel: end },
    ofHandle: { onKeyDown: press },
  };
}

/** The places of the moments, from before the first event on. */
export function stops(track: HTMLElement): readonly HTMLElement[] {
  return [...track.querySelectorAll<HTMLElement>('.origin, .events > li')];
}

/** How far a place is below the top of its track. Motion does not change it. */
export function topOf(stop: HTMLElement | undefined): number {
  const list = stop?.closest<HTMLElement>('.events');
  return (stop?.offsetTop ?? 0) + (list?.offsetTop ?? 0);
}
