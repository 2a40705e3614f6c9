import { useEffect, useLayoutEffect, useRef } from 'hono/jsx/dom';

import { stops, topOf } from './use-scrub.ts';

/**
 * Keeps the moment that is shown in view. At now, that is the newest event, if the end of the
 * track was in view before. An event that is lit up comes into view as well.
 *
 * @param lit the place of the event that is lit up, or -1
 */
export function useFollowing(track: { current: HTMLElement | null }, shown: number, isNow: boolean, lit: number): void {
  const wasNow = useRef(true);
  // This is read before the page changes: the list follows new events if its end was in view.
  const wasAtEnd = useRef(true);
  const wasLit = useRef(-1);
  if (track.current !== null && wasLit.current === -1) wasAtEnd.current = isAtEnd(track.current);
  useEffect(() => {
    const { current } = track;
    if (current === null) return;
    if (!isNow || !wasNow.current) scrollTo(current, shown);
    else if (wasAtEnd.current) current.scrollTop = current.scrollHeight;
    wasNow.current = isNow;
  }, [shown, isNow]);
  useLayoutEffect(() => {
    const { current } = track;
    if (current === null) return;
    if (lit !== -1) scrollTo(current, lit + 1);
    else if (wasLit.current !== -1 && wasAtEnd.current) current.scrollTop = current.scrollHeight;
    wasLit.current = lit;
  }, [lit]);
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < 4;
}

/** Scrolls the track, and not the page, so far that a moment is in view. */
function scrollTo(track: HTMLElement, events: number): void {
  const stop = stops(track)[events];
  if (stop === undefined) return;
  const top = topOf(stop);
  track.scrollTop = Math.min(Math.max(track.scrollTop, top + stop.offsetHeight - track.clientHeight), top);
}
