import { useEffect, useState } from 'hono/jsx/dom';

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
  const goTo = (events: number) => {
    setIsPlaying(false);
    onTravel(Math.min(Math.max(events, 0), length));
  };
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

  useEffect(() => {
    /** The arrow keys, where they have no other meaning, and Escape everywhere. */
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey) return;
      if (key === 'Escape') goTo(length);
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, pre');
      if (key === 'ArrowLeft' && !isTyping) goTo(shown - 1);
      if (key === 'ArrowRight' && !isTyping) goTo(shown + 1);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [shown, length]);

  const button = (text: string, onClick: () => void) => (
    <button type="button" onClick={onClick}>
      {text}
    </button>
  );
  return (
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
        {button('Back', () => goTo(shown - 1))}
        <button type="button" disabled={length === 0} onClick={togglePlay}>
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        {button('Forward', () => goTo(shown + 1))}
        {button('Now', () => goTo(length))}
      </div>
    </div>
  );
}

function momentInWords(shown: number, length: number): string {
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  if (shown === length) return `Now: ${events}`;
  return shown === 0 ? `Before the first of ${events}` : `After ${shown} of ${events}, at revision ${shown - 1}`;
}
