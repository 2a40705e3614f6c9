import { element } from './dom.ts';

/** The keys that the page of a game knows. */
export function keyTable(): HTMLElement {
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
