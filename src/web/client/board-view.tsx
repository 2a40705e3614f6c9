import { useRef, useState } from 'hono/jsx/dom';

const columns = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
const rowCount = 6;
const rows = Array.from({ length: rowCount }, (_, index) => rowCount - index);

type Column = (typeof columns)[number];

type BoardProps = {
  /** The tokens by the names of their cells, for example 'D1'. */
  readonly tokens: ReadonlyMap<string, 'yellow' | 'red'>;
  /** The cells of the line that has won. */
  readonly line: ReadonlySet<string>;
  /** The cell whose token falls into its place, and the one that is pointed at. */
  readonly falling?: string | undefined;
  readonly pointedAt?: string | undefined;
  readonly onDrop: (column: Column) => void;
  /** Whether a column invites to drop a token; default: each does. */
  readonly isOpen?: (column: Column) => boolean;
  /** The token that would be dropped, and the cell in which it would land. */
  readonly ghost?: { readonly cell: string; readonly token: 'yellow' | 'red' } | undefined;
  /** Tells which column is pointed at, or has the focus, and which cell. */
  readonly onAim?: (column: Column | undefined) => void;
  readonly onPoint?: (cell: string | undefined) => void;
};

/**
 * The board, in the game and on the learning page. A token is dropped into a column by mouse, by
 * touch or by keyboard.
 */
export function BoardView(props: BoardProps) {
  const { tokens, line, falling, pointedAt, ghost, onDrop, isOpen = () => true, onAim, onPoint } = props;
  const [focused, setFocused] = useState(0);
  const [aimed, setAimed] = useState<Column | undefined>(undefined);
  const aim = (column: Column | undefined) => {
    if (column === aimed) return;
    setAimed(column);
    onAim?.(column);
  };
  /** A finger does not point before it drops. */
  const hover =
    (column: Column, cell?: string) =>
    ({ pointerType }: PointerEvent) => {
      if (pointerType === 'touch') return;
      aim(column);
      onPoint?.(cell);
    };
  const leave = () => {
    aim(undefined);
    onPoint?.(undefined);
  };
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
  const cell = (column: Column, row: number) => {
    const name = `${column}${row}`;
    const token = tokens.get(name) ?? 'empty';
    const isWinning = line.has(name);
    const classes = [
      isWinning && 'winning',
      name === falling && 'falling',
      name === pointedAt && 'pointed-at',
      name === ghost?.cell && `ghost of-${ghost.token}`,
      columnClass(column),
    ];
    return (
      <td
        class={[token, ...classes].filter(Boolean).join(' ')}
        onClick={click(column)}
        onPointerEnter={hover(column, tokens.has(name) ? name : undefined)}
      >
        <span class="token">
          <span class="visually-hidden">{isWinning ? `${token}, in the winning line` : token}</span>
        </span>
      </td>
    );
  };
  const columnClass = (column: Column) => (isOpen(column) ? (column === aimed ? 'open aimed' : 'open') : 'closed');
  const label = (column: Column) => {
    const filled = rows.filter((row) => tokens.has(`${column}${row}`)).length;
    return `Column ${column}, ${filled} of ${rowCount} filled`;
  };
  return (
    <table class={line.size > 0 ? 'board won' : 'board'} onKeyDown={press} onPointerLeave={leave}>
      <caption class="visually-hidden">The board</caption>
      <thead ref={head}>
        <tr>
          <td />
          {columns.map((column, index) => (
            <th
              scope="col"
              class={columnClass(column)}
              onClick={click(column)}
              onPointerEnter={hover(column)}
              onFocusIn={() => aim(column)}
              onFocusOut={() => aim(undefined)}
            >
              <button
                tabindex={index === focused ? 0 : -1}
                aria-label={label(column)}
                aria-disabled={isOpen(column) ? undefined : 'true'}
              >
                {column}
              </button>
              {ghost?.cell.startsWith(column) && <span class={`hand of-${ghost.token}`} />}
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
            {columns.map((column) => cell(column, row))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
