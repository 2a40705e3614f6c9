import { difference } from './difference.ts';
import { element } from './dom.ts';
import type { History } from './history.ts';

/** The state at a moment as JSON, and what its last event has changed. */
export class StateView {
  readonly element: HTMLElement;
  readonly #history: History;
  readonly #state = element('pre', { tabindex: 0, 'aria-label': 'The state as JSON' });
  readonly #title = element('h3');
  readonly #changes = element('ul', { class: 'changes' });

  constructor(history: History) {
    this.#history = history;
    this.element = element(
      'div',
      { class: 'state' },
      this.#title,
      this.#changes,
      element('h3', {}, 'As JSON'),
      this.#state,
    );
  }

  /** @param events the number of events at the moment that is shown */
  show(events: number): void {
    const { game } = this.#history.at(events);
    this.#state.textContent = JSON.stringify(game, null, 2);
    const last = this.#history.events[events - 1];
    if (last === undefined) {
      this.#title.textContent = 'Before the first event';
      this.#changes.replaceChildren(element('li', {}, 'This is the initial state.'));
      return;
    }
    this.#title.textContent = `What revision ${last.revision}, ${last.stored.type}, has changed`;
    const changes = difference(this.#history.at(events - 1).game, game);
    this.#changes.replaceChildren(
      ...changes.map(({ path, before, after }) =>
        element('li', {}, element('code', {}, path), ...value('del', before), ...value('ins', after)),
      ),
      ...(changes.length === 0 ? [element('li', {}, 'Nothing.')] : []),
    );
  }
}

function value(tag: 'del' | 'ins', json: unknown): readonly HTMLElement[] {
  return json === undefined ? [] : [element(tag, {}, JSON.stringify(json))];
}
