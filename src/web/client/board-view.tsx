import { useRef, useState } from 'hono/jsx/dom';

import { columns, rowCount, type Column } from '../../domain/index.ts';
import type { GameView } from './timeline.ts';

const rows = Array.from({ length: rowCount }, (_, index) => rowCount - index);

type BoardProps = {
  readonly view: GameView;
  /** The cell whose token falls into its place, and the one that is pointed at. */
  readonly falling: string | undefined;
  readonly pointedAt: string | undefined;
  readonly onDrop: (column: Column) => void;
};

/** The board. A token is dropped into a column by mouse, by touch or by keyboard. */
export function BoardView({ view, falling, pointedAt, onDrop }: BoardProps) {
  const [focused, setFocused] = useState(0);
  const head = useRef<HTMLTableSectionElement | null>(null);
  const focus = (index: number) => {
    setFocused(index);
    head.current?.querySelectorAll('button')[index]?.focus();
  };
  const click = (column: Column) => (event: MouseEvent) => {
    if (event.detail <= 1) onDrop(column); // a double click is one move
  };
  /** Arrow keys go from column to column. A letter or a digit drops a token into its column. */
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const key = event.key.toUpperCase();
    const chosen = columns.findIndex((name, index) => name === key || String(index + 1) === key);
    const column = columns[chosen];
    if (step === undefined && column === undefined && !(event.key === 'Enter' && event.repeat)) return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere on the page, the arrow keys travel through time
    if (step !== undefined) focus((focused + step + columns.length) % columns.length);
    else if (column !== undefined && !event.repeat) {
      focus(chosen);
      onDrop(column);
    }
  };
  return (
    <table class="board" onKeyDown={press}>
      <caption class="visually-hidden">The board</caption>
      <thead ref={head}>
        <tr>
          <td />
          {columns.map((column, index) => (
            <th scope="col" onClick={click(column)}>
              <button
                type="button"
                tabindex={index === focused ? 0 : -1}
                aria-label={`Column ${column}, ${filled(view, column)} of ${rowCount} filled`}
              >
                {column}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <span class="visually-hidden">Row {row}</span>
            </th>
            {columns.map((column) => (
              <td class={classOf(`${column}${row}`)} onClick={click(column)}>
                <span class="token">
                  <span class="visually-hidden">{textOf(`${column}${row}`)}</span>
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );

  function classOf(cell: string): string {
    const classes = [
      view.tokens.get(cell) ?? 'empty',
      view.line.has(cell) && 'winning',
      cell === falling && 'falling',
      cell === pointedAt && 'pointed-at',
    ];
    return classes.filter((name) => name !== false).join(' ');
  }

  function textOf(cell: string): string {
    return `${view.tokens.get(cell) ?? 'empty'}${view.line.has(cell) ? ', in the winning line' : ''}`;
  }
}

function filled({ tokens }: GameView, column: Column): number {
  return [...tokens.keys()].filter((cell) => cell.startsWith(column)).length;
}
