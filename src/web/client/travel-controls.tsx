import { useEffect, useLayoutEffect, useRef, useState } from 'hono/jsx/dom';

/** How long a moment is shown when time is played. */
const beatMs = 700;

type TravelControlsProps = {
  /** The moment that is shown, in words. */
  readonly moment: string;
  /** How many events have happened at the moment that is shown, and how many there are. */
  readonly shown: number;
  readonly length: number;
  readonly onTravel: (events: number) => void;
  readonly onStep: (by: number) => void;
};

/** Steps through time, by buttons and by keys, and play. */
export function TravelControls({ moment, shown, length, onTravel, onStep }: TravelControlsProps) {
  const [isPlaying, setIsPlaying] = useState(false);
  const latest = useRef({ onTravel, onStep });
  latest.current = { onTravel, onStep };
  const goTo = (events: number) => {
    setIsPlaying(false);
    latest.current.onTravel(events);
  };
  const step = (by: number) => {
    setIsPlaying(false);
    latest.current.onStep(by);
  };
  const togglePlay = () => {
    if (!isPlaying && shown === length) onTravel(0);
    setIsPlaying(!isPlaying);
  };

  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setTimeout(() => {
      if (shown + 1 >= length) setIsPlaying(false);
      latest.current.onStep(1);
    }, beatMs);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, length]);

  useLayoutEffect(() => {
    /** The arrow keys, where they have no other meaning, and Escape everywhere. */
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey) return;
      if (key === 'Escape') goTo(Infinity);
      if (target instanceof HTMLElement && target.matches('input, select, textarea, pre')) return;
      if (key === 'ArrowLeft') step(-1);
      if (key === 'ArrowRight') step(1);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  return (
    <div class="travel">
      <p class="moment">{moment}</p>
      <div class="buttons">
        <button aria-label="Back" title="Back" disabled={shown === 0} onClick={() => step(-1)}>
          ←
        </button>
        <button
          class={isPlaying ? 'pause' : 'play-time'}
          aria-label={isPlaying ? 'Pause' : 'Play'}
          title={isPlaying ? 'Pause' : 'Play'}
          disabled={length === 0}
          onClick={togglePlay}
        />
        <button aria-label="Forward" title="Forward" disabled={shown === length} onClick={() => step(1)}>
          →
        </button>
        <button disabled={shown === length} onClick={() => goTo(Infinity)}>
          Now
        </button>
      </div>
    </div>
  );
}
