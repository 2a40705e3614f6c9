import { button, element } from './dom.ts';
import { newCell, type History } from './history.ts';
import type { ShownEvent } from '../wire.ts';

/** What one can do with an event in the list. */
export type EventActions = {
  /** Go to the moment after so many events. */
  readonly goTo: (events: number) => void;
  /** Point at the cell of a move, or at none. */
  readonly pointAt: (cell: string | undefined) => void;
};

/** The stream of a game, as it grows. */
export class EventList {
  readonly element = element('ol', { class: 'events', start: 0 });
  readonly #history: History;
  readonly #actions: EventActions;

  constructor(history: History, actions: EventActions) {
    this.#history = history;
    this.#actions = actions;
  }

  /** Adds what the history has, and the list does not yet; marks the event that has led to the moment that is shown. */
  show(events: number, isNow: boolean): void {
    const { children } = this.element;
    for (const event of this.#history.events.slice(children.length)) this.element.append(this.#item(event));
    for (const [index, item] of [...children].entries()) {
      item.classList.toggle('future', index >= events);
      item.toggleAttribute('aria-current', index === events - 1);
      if (index === events - 1) item.setAttribute('aria-current', 'step');
    }
    if (isNow) this.element.scrollTop = this.element.scrollHeight;
  }

  #item(shown: ShownEvent): HTMLElement {
    const index = this.#history.events.indexOf(shown);
    const { type, data, recordedAt } = shown.stored;
    const when = new Date(recordedAt);
    const row = button(
      '',
      () => {
        this.#actions.goTo(index + 1);
      },
      { class: 'event' },
    );
    row.append(
      element('span', { class: 'revision' }, String(shown.revision)),
      element('span', { class: 'type' }, type),
      element('code', { class: 'data' }, JSON.stringify(data)),
      element('time', { datetime: recordedAt, title: recordedAt }, when.toLocaleTimeString()),
    );
    const item = element(
      'li',
      {},
      row,
      element(
        'details',
        {},
        element('summary', {}, 'JSON', element('span', { class: 'heard' }, ` of revision ${shown.revision}`)),
        element('pre', { tabindex: 0 }, JSON.stringify(shown.stored, null, 2)),
      ),
    );
    const point = () => {
      this.#actions.pointAt(newCell(this.#history.at(index).facts, this.#history.at(index + 1).facts));
    };
    const leave = () => {
      this.#actions.pointAt(undefined);
    };
    item.addEventListener('pointerenter', point);
    item.addEventListener('pointerleave', leave);
    item.addEventListener('focusin', point);
    item.addEventListener('focusout', leave);
    return item;
  }
}
