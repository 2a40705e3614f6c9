import { columnNames, rowNumbers, type Facts } from './facts.ts';
import { element, heard } from './dom.ts';

/** The board on the page: seven columns to drop tokens into, by mouse, by touch or by keyboard. */
export class BoardView {
  readonly element: HTMLElement;
  readonly #drops: readonly HTMLButtonElement[];
  readonly #cells = new Map<string, HTMLTableCellElement>();
  #tokens: Facts['tokens'] = new Map();

  /** @param onDrop is told the column that somebody has chosen */
  constructor(onDrop: (column: string) => void) {
    this.#drops = columnNames.map((column, index) =>
      element('button', { type: 'button', tabindex: index === 0 ? 0 : -1 }, column),
    );
    const table = element(
      'table',
      { class: 'board' },
      element('caption', { class: 'heard' }, 'The board'),
      element(
        'thead',
        {},
        element('tr', {}, element('td'), ...this.#drops.map((drop) => element('th', { scope: 'col' }, drop))),
      ),
      element('tbody', {}, ...rowNumbers.toReversed().map((row) => this.#row(row))),
    );
    // A click anywhere in a column, by mouse or by touch, and one on its button, by everybody.
    table.addEventListener('click', ({ target, detail }) => {
      const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('td, th') : null;
      const column = columnNames[(cell?.cellIndex ?? 0) - 1];
      const isSecondOfTwo = detail > 1; // a double click is one wish, and not the next player's move
      if (column !== undefined && !isSecondOfTwo) onDrop(column);
    });
    table.addEventListener('keydown', (event) => {
      this.#choose(event, onDrop);
    });
    this.element = columnNames.length > 0 ? table : element('p', {}, 'There is no board yet: exercise 2 brings it.');
  }

  /**
   * Shows the tokens of a moment.
   *
   * @param falling whether a token that is new falls into its place
   */
  show({ tokens, line }: Facts, falling: boolean): void {
    for (const [name, cell] of this.#cells) {
      const token = tokens.get(name);
      const isNew = falling && token !== undefined && !this.#tokens.has(name);
      cell.className = [token ?? 'empty', line.has(name) ? 'winning' : '', isNew ? 'falling' : ''].join(' ').trim();
      const text = `${token ?? 'empty'}${line.has(name) ? ', in the winning line' : ''}`;
      cell.replaceChildren(element('span', { class: 'token' }, heard(text)));
    }
    for (const [index, drop] of this.#drops.entries()) {
      const column = columnNames[index] ?? '';
      const filled = [...tokens.keys()].filter((name) => name.startsWith(column)).length;
      drop.setAttribute('aria-label', `Column ${column}, ${filled} of ${rowNumbers.length} filled`);
    }
    this.#tokens = tokens;
  }

  /** Points at a cell, or at none. */
  pointAt(name: string | undefined): void {
    for (const [other, cell] of this.#cells) cell.classList.toggle('pointed-at', other === name);
  }

  #row(row: number): HTMLElement {
    const cells = columnNames.map((column) => {
      const cell = element('td');
      this.#cells.set(`${column}${row}`, cell);
      return cell;
    });
    return element('tr', {}, element('th', { scope: 'row' }, heard(`Row ${row}`)), ...cells);
  }

  /** The arrow keys go from column to column, and a letter or a digit drops a token into its column at once. */
  #choose(event: KeyboardEvent, onDrop: (column: string) => void): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = this.#drops.findIndex((drop) => drop === document.activeElement);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const key = event.key.toUpperCase();
    const column = columnNames.find((name, index) => name === key || String(index + 1) === key);
    if (step !== undefined) this.#focus((here + step + columnNames.length) % columnNames.length);
    else if (column !== undefined) {
      this.#focus(columnNames.indexOf(column));
      onDrop(column);
    } else return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere on the page, the arrow keys travel through time
  }

  #focus(index: number): void {
    for (const [other, drop] of this.#drops.entries()) drop.tabIndex = other === index ? 0 : -1;
    this.#drops[index]?.focus();
  }
}
