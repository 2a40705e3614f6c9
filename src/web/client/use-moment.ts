import { useEffect, useRef, useState } from 'hono/jsx/dom';

import { setParameter } from './players.tsx';

/**
 * How one travels: a jump can be taken back by the browser's Back, a drag goes on with the jump
 * that began it, and a step goes on with the travel in the past that it belongs to.
 */
export type Way = 'jump' | 'step' | 'drag';

/**
 * The moment that is shown. The address has it, except for now.
 *
 * @param length how many events there are
 */
export function useMoment(length: number) {
  const [moment, setMoment] = useState(momentInAddress);
  const shown = Math.min(moment, length);
  // A key may be pressed before the last change is drawn.
  const latest = useRef({ shown, length });
  latest.current = { shown, length };

  useEffect(() => {
    const readAddress = () => {
      setMoment(momentInAddress());
    };
    window.addEventListener('popstate', readAddress);
    return () => {
      window.removeEventListener('popstate', readAddress);
    };
  }, []);

  /** @returns the moment that is shown from here on: a number of events */
  const travel = (events: number, way: Way = 'jump'): number => {
    const { shown: before, length: now } = latest.current;
    const after = Math.min(Math.max(events, 0), now);
    if (after === before) return after;
    latest.current.shown = after;
    const goesOn = way === 'drag' || (way === 'step' && before < now && after < now);
    setMoment(after < now ? after : Infinity);
    setParameter('at', after < now ? String(after) : undefined, goesOn ? 'replaceState' : 'pushState');
    return after;
  };
  return {
    shown,
    isNow: shown === length,
    travel,
    /** One event forward, or back. */
    step: (by: number) => travel(latest.current.shown + by, 'step'),
    /** Stays at now when events come. */
    stayNow: () => {
      setMoment(Infinity);
    },
  };
}

/** The moment that the address names: how many events have happened. Now is the end of time. */
function momentInAddress(): number {
  const at = new URLSearchParams(location.search).get('at') ?? '';
  return /^\d{1,6}$/.test(at) ? Number(at) : Infinity;
}
