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

/** The steps from a cell to the next one of a line, as columns to the right and rows up. */
// prettier-ignore
const directions = [[1, 0], [0, 1], [1, 1], [1, -1]] as const;

const cells: readonly Cell[] = columns.flatMap((column) => [1, 2, 3, 4, 5, 6].map((row) => ({ column, row })));

/** All 69 lines: from every cell, in each direction, where four cells fit. */
const lines: readonly (readonly Cell[])[] = cells
  .flatMap((cell) => directions.map(([right, up]) => lineFrom(cell, right, up)))
  .filter((line) => line.length === 4);

function lineFrom({ column, row }: Cell, right: number, up: number): readonly Cell[] {
  return [0, 1, 2, 3].flatMap((step) => {
    const next = columns[columns.indexOf(column) + step * right];
    const isOnBoard = next !== undefined && row + step * up >= 1 && row + step * up <= rowCount;
    return isOnBoard ? [{ column: next, row: row + step * up }] : [];
  });
}
