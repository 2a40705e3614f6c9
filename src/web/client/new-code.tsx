import { useEffect } from 'hono/jsx/dom';

import type { DrawerProps } from './drawers.tsx';
import { differencesIn, keepStates } from './former-states.ts';
import type { Timeline } from './timeline.ts';

type NewCodeNoticeProps = {
  readonly gameId: string;
  readonly timeline: Timeline;
  readonly onTravel: (events: number) => void;
};

/**
 * Says that the code makes another state of the same events than it did before the last save. If it
 * does not, this shows nothing. It keeps the states for the next save.
 */
export function NewCodeNotice({ gameId, timeline, onTravel }: NewCodeNoticeProps) {
  useEffect(() => {
    if (timeline.length > 0) keepStates(gameId, timeline);
  }, [timeline]);
  const [first, ...others] = differencesIn(gameId, timeline) ?? [];
  if (first === undefined) return null;
  return (
    <p class="new-code-notice" role="status">
      The new code makes another state of {others.length === 0 ? 'an old event' : `${others.length + 1} old events`}.{' '}
      <button class="plain" onClick={() => onTravel(first.moment)}>
        Look at revision {first.revision}
      </button>
    </p>
  );
}

/** The old events of which the new code makes another state, and which fields differ. */
export function NewCodePanel({ gameId, timeline, shown, onTravel }: DrawerProps) {
  const differences = differencesIn(gameId, timeline);
  if (differences === undefined) {
    return (
      <p>
        Run <code>npm run web:watch</code>, and change <code>evolve</code>: the same events are folded again, and here
        you see which states have become others. The events do not change.
      </p>
    );
  }
  if (differences.length === 0) return <p>The new code makes the same states of all events as the code before it.</p>;
  return (
    <div class="new-code">
      <p>
        The events are the same. The state after these events is another one than before the last change of the code.
      </p>
      <ol>
        {differences.map(({ revision, moment, changes }) => (
          <li key={moment} aria-current={moment === shown ? 'step' : undefined}>
            <button class="plain" onClick={() => onTravel(moment)}>
              Revision {revision}
            </button>
            <ul class="changes">
              {changes.map(({ path, before, after }) => (
                <li key={path}>
                  <code>{path}</code>
                  {before !== undefined && <del>{JSON.stringify(before)}</del>}
                  {after !== undefined && <ins>{JSON.stringify(after)}</ins>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}
