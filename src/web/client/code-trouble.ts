import { useEffect, useState } from 'hono/jsx/dom';

import type { FoldTrouble } from '../messages.ts';

/**
 * Why a moment cannot be folded, with the line of the code. This script is minified, so the server
 * folds the same events, and tells the line.
 *
 * @param trouble what this page says, if there is trouble
 */
export function useCodeTrouble(gameId: string, events: number, trouble: string | undefined): string | undefined {
  const [place, setPlace] = useState('');
  useEffect(() => {
    setPlace('');
    if (trouble === undefined) return undefined;
    const leaving = new AbortController();
    fetch(`/api/games/${gameId}/trouble?at=${events}`, { signal: leaving.signal })
      .then((answer) => answer.json() as Promise<FoldTrouble>)
      .then((found) => {
        const { file, line, column } = found?.problem.place ?? {};
        if (file !== undefined) setPlace(` (${file}:${line}:${column})`);
      })
      .catch(() => undefined); // the server does not answer, and the page says so elsewhere
    return () => {
      leaving.abort();
    };
  }, [trouble]);
  return trouble === undefined || trouble.endsWith(place) ? trouble : trouble + place;
}
