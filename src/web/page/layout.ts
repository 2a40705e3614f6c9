import { element, section } from './dom.ts';

/** What stands on the page of a game. */
type Parts = {
  readonly play: readonly HTMLElement[];
  readonly time: HTMLElement;
  readonly events: HTMLElement;
  readonly state: HTMLElement;
  readonly race: HTMLElement;
};

/** Lays out the page of a game: on a phone one below the other, and where there is room in two columns. */
export function layOut({ play, time, events, state, race }: Parts): HTMLElement {
  return element(
    'div',
    { class: 'game' },
    element('div', {}, section('play', 'Play', ...play), section('time', 'Time travel', time)),
    element('div', {}, section('events', 'Events', events), section('state', 'State', state)),
    section('race', 'The race', race),
    section('keys', 'Keys', keyTable()),
  );
}

/** The keys that the page of a game knows. */
function keyTable(): HTMLElement {
  const lines = [
    ['Tab', 'to the board, then arrow keys to a column and Enter, or the letter A to G at once'],
    ['← →', 'anywhere else: one event back or forward'],
    ['Escape', 'back to now'],
  ] as const;
  return element(
    'dl',
    {},
    ...lines.flatMap(([key, text]) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, text)]),
  );
}
