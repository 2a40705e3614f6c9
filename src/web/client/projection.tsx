import { useEffect, useState } from 'hono/jsx/dom';

import { columns } from '../../domain/index.ts';
import type { DrawerProps } from './drawers.tsx';
import { statisticsOf, type ThinkingTime } from './move-statistics.ts';

/** How long one event takes when the projection is rebuilt, in milliseconds; in all at most 3 s. */
const eventMs = 160;
const longestMs = 3000;

/**
 * A second projection of the same stream. It can be deleted, because the events stay, and a fold
 * over them makes it again. While time travels, it follows.
 */
export function ProjectionPanel({ timeline, shown }: DrawerProps) {
  /** How many events are folded in, after it was deleted. */
  const [rebuilt, setRebuilt] = useState<number | undefined>(undefined);
  const [isRebuilding, setIsRebuilding] = useState(false);
  const folded = Math.min(rebuilt ?? shown, shown);

  useEffect(() => {
    if (!isRebuilding) return undefined;
    const hasMotion = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (folded >= shown || !hasMotion) {
      setIsRebuilding(false);
      setRebuilt(undefined);
      return undefined;
    }
    const timer = setTimeout(() => setRebuilt(folded + 1), Math.min(eventMs, longestMs / shown));
    return () => clearTimeout(timer);
  }, [isRebuilding, folded, shown]);

  const isDeleted = rebuilt !== undefined;
  const { movesIn, longest } = statisticsOf(timeline.slice(0, folded));
  const most = Math.max(1, ...Object.values(movesIn));
  return (
    <div class="projection">
      <p>
        The state is one fold over the events. This is another one: how often each column was played, and who thought
        the longest.
      </p>
      <table class="counts">
        <caption class="visually-hidden">Moves in each column</caption>
        <tbody>
          {columns.map((column) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td>
                <meter min={0} max={most} value={movesIn[column]} aria-hidden="true" />
                <span class="count">{movesIn[column]}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="longest">{longest ? <Longest {...longest} /> : 'No two moves yet.'}</p>
      <p class="buttons">
        <button
          disabled={isDeleted && !isRebuilding}
          onClick={() => {
            setIsRebuilding(false);
            setRebuilt(0);
          }}
        >
          Delete
        </button>
        <button
          class={isDeleted ? 'primary' : ''}
          disabled={!isDeleted || isRebuilding}
          onClick={() => setIsRebuilding(true)}
        >
          Rebuild
        </button>
      </p>
      <p class="caption" role="status">
        {isRebuilding
          ? `Folding event ${folded} of ${shown} …`
          : isDeleted
            ? `It is deleted. All ${shown} events are still there.`
            : `Folded from ${shown === 1 ? '1 event' : `${shown} events`}.`}
      </p>
    </div>
  );
}

function Longest({ player, ms, revision }: ThinkingTime) {
  return (
    <>
      <bdi>{player}</bdi> thought the longest: {durationInWords(ms)} before revision {revision}.
    </>
  );
}

function durationInWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
