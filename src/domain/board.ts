/** The seven columns, from left to right. */
export const columns = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;

/** The number of cells in a column. */
export const rowCount = 6;

export type Column = (typeof columns)[number];
export type Token = 'yellow' | 'red';

/** A place on the board. Rows are counted from the bottom: the first is 1. */
export type Cell = { readonly column: Column; readonly row: number };

/** The tokens of each column, from the bottom up. A board never changes: a move makes a new one. */
export type Board = Readonly<Record<Column, readonly Token[]>>;

export const emptyBoard: Board = { A: [], B: [], C: [], D: [], E: [], F: [], G: [] };

export function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}

export function hasRoom(board: Board, column: Column): boolean {
  return board[column].length < rowCount;
}

export function isFull(board: Board): boolean {
  return columns.every((column) => !hasRoom(board, column));
}

/** The board with one more token on top of a column. The caller checks that there is room. */
export function drop(board: Board, column: Column, token: Token): Board {
  return { ...board, [column]: [...board[column], token] };
}

export function tokenAt(board: Board, { column, row }: Cell): Token | undefined {
  return board[column][row - 1];
}

/** Four cells in a line with tokens of one color, or `undefined`. */
export function winningLine(board: Board): readonly Cell[] | undefined {
  return lines.find(([first, ...others]) => {
    const token = first && tokenAt(board, first);
    return token !== undefined && others.every((cell) => tokenAt(board, cell) === token);
  });
}

/** All 69 lines: from every cell to the right, up, and along both diagonals, if four cells fit. */
const lines: readonly (readonly Cell[])[] = columns
  .flatMap((_, x) => Array.from({ length: rowCount }, (__, y) => [x, y + 1] as const))
  .flatMap(([x, row]) => [
    [0, 1, 2, 3].flatMap((step) => cellAt(x + step, row)),
    [0, 1, 2, 3].flatMap((step) => cellAt(x, row + step)),
    [0, 1, 2, 3].flatMap((step) => cellAt(x + step, row + step)),
    [0, 1, 2, 3].flatMap((step) => cellAt(x + step, row - step)),
  ])
  .filter((line) => line.length === 4);

function cellAt(x: number, row: number): readonly Cell[] {
  const column = columns[x];
  return column !== undefined && row >= 1 && row <= rowCount ? [{ column, row }] : [];
}
