import { button, element } from './dom.ts';

/** How long a moment is shown when time is played, in milliseconds. */
const beat = 700;

/** The way through time: a slider over the events, steps, and play. */
export class TimeControls {
  readonly element: HTMLElement;
  readonly #slider = element('input', { type: 'range', min: 0, max: 0, value: 0, id: 'moment' });
  readonly #label = element('label', { for: 'moment' });
  readonly #play: HTMLButtonElement;
  readonly #onMove: (events: number) => void;
  #length = 0;
  #shown = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onMove is told the moment to go to: the number of events that have happened then */
  constructor(onMove: (events: number) => void) {
    this.#onMove = onMove;
    this.#play = button('Play', () => {
      this.#togglePlay();
    });
    this.#slider.addEventListener('input', () => {
      this.goTo(this.#slider.valueAsNumber);
    });
    this.element = element(
      'div',
      { class: 'time' },
      this.#label,
      this.#slider,
      element(
        'div',
        { class: 'buttons' },
        button('Back', () => {
          this.goTo(this.#shown - 1);
        }),
        this.#play,
        button('Forward', () => {
          this.goTo(this.#shown + 1);
        }),
        button(
          'Now',
          () => {
            this.goTo(this.#length);
          },
          { 'aria-keyshortcuts': 'Escape' },
        ),
      ),
    );
    document.addEventListener('keydown', (event) => {
      this.#travel(event);
    });
  }

  /**
   * @param shown the moment that is shown: the number of its events
   * @param length the number of all events
   */
  show(shown: number, length: number): void {
    const label = momentInWords(shown, length);
    this.#shown = shown;
    this.#length = length;
    this.#slider.max = String(length);
    this.#slider.valueAsNumber = shown;
    this.#slider.setAttribute('aria-valuetext', label);
    this.#label.textContent = label;
    if (shown === length) this.#pause();
  }

  goTo(events: number): void {
    this.#pause();
    this.#onMove(Math.min(Math.max(events, 0), this.#length));
  }

  /** The arrow keys, where they have no other meaning, and Escape, everywhere. */
  #travel({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'Escape') this.goTo(this.#length);
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, pre');
    if (isTyping) return;
    if (key === 'ArrowLeft') this.goTo(this.#shown - 1);
    if (key === 'ArrowRight') this.goTo(this.#shown + 1);
  }

  #togglePlay(): void {
    if (this.#timer !== undefined) {
      this.#pause();
      return;
    }
    if (this.#shown === this.#length) this.#onMove(0);
    this.#play.textContent = 'Pause';
    this.#timer = setInterval(() => {
      this.#onMove(this.#shown + 1);
    }, beat);
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = 'Play';
  }
}

function momentInWords(shown: number, length: number): string {
  const events = `${length} ${length === 1 ? 'event' : 'events'}`;
  if (shown === length) return `Now: ${events}`;
  return shown === 0 ? `Before the first of ${events}` : `After ${shown} of ${events}, at revision ${shown - 1}`;
}
