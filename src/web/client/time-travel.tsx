import { useEffect, useLayoutEffect, useRef, useState } from 'hono/jsx/dom';

import { Section } from './list-page.tsx';
import { changesBetween, momentAt, type Timeline } from './timeline.ts';

/** How long a moment is shown when time is played. */
const beatMs = 700;

type TimeTravelProps = {
  /** How many events have happened at the moment that is shown, and how many there are. */
  readonly shown: number;
  readonly length: number;
  readonly onTravel: (events: number) => void;
};

/** The way through time: a slider over the events, steps, and play. */
export function TimeTravel({ shown, length, onTravel }: TimeTravelProps) {
  const [isPlaying, setIsPlaying] = useState(false);
  const label = momentInWords(shown, length);
  // A key may be pressed before the last change is drawn, and before an effect has run.
  const latest = useRef({ shown, length, onTravel });
  latest.current = { shown, length, onTravel };
  const goTo = (events: number) => {
    setIsPlaying(false);
    latest.current.shown = Math.min(Math.max(events, 0), latest.current.length);
    latest.current.onTravel(latest.current.shown);
  };
  const step = (by: number) => goTo(latest.current.shown + by);
  const togglePlay = () => {
    if (!isPlaying && shown === length) onTravel(0);
    setIsPlaying(!isPlaying);
  };

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      if (shown + 1 >= length) setIsPlaying(false);
      onTravel(shown + 1);
    }, beatMs);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, length]);

  useLayoutEffect(() => {
    /** The arrow keys, where they have no other meaning, and Escape everywhere. */
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey) return;
      if (key === 'Escape') goTo(latest.current.length);
      if (target instanceof HTMLElement && target.matches('input, select, pre')) return;
      if (key === 'ArrowLeft') step(-1);
      if (key === 'ArrowRight') step(1);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  return (
    <Section id="time" title="Time travel">
      <div class="time">
        <label for="moment">{label}</label>
        <input
          type="range"
          id="moment"
          min={0}
          max={length}
          value={shown}
          aria-valuetext={label}
          onInput={(event: Event) => goTo((event.currentTarget as HTMLInputElement).valueAsNumber)}
        />
        <div class="buttons">
          <button onClick={() => step(-1)}>Back</button>
          <button disabled={length === 0} onClick={togglePlay}>
            {isPlaying ? 'Pause' : 'Play'}
          </button>
          <button onClick={() => step(1)}>Forward</button>
          <button onClick={() => goTo(length)}>Now</button>
        </div>
      </div>
    </Section>
  );
}

function momentInWords(shown: number, length: number): string {
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  if (shown === length) return `Now: ${events}`;
  return shown === 0 ? `Before the first of ${events}` : `After ${shown} of ${events}, at revision ${shown - 1}`;
}

/**
 * The state at a moment as JSON, and what its last event has changed.
 *
 * @param shown how many events have happened
 */
export function StateView({ timeline, shown }: { readonly timeline: Timeline; readonly shown: number }) {
  const { game } = momentAt(timeline, shown);
  const last = timeline[shown - 1]?.recorded;
  const changes = last === undefined ? [] : changesBetween(momentAt(timeline, shown - 1).game, game);
  return (
    <Section id="state" title="State">
      <div class="state">
        <h3>{last ? `What revision ${last.revision}, ${last.type}, has changed` : 'Before the first event'}</h3>
        <ul class="changes">
          {changes.map(({ path, before, after }) => (
            <li key={path}>
              <code>{path}</code>
              {before !== undefined && <del>{JSON.stringify(before)}</del>}
              {after !== undefined && <ins>{JSON.stringify(after)}</ins>}
            </li>
          ))}
          {changes.length === 0 && <li>{last ? 'Nothing.' : 'This is the initial state.'}</li>}
        </ul>
        <h3>As JSON</h3>
        <pre tabindex={0} aria-label="The state as JSON">
          {JSON.stringify(game, null, 2)}
        </pre>
      </div>
    </Section>
  );
}
