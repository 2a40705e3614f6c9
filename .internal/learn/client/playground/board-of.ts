import { isObject } from './differences.ts';

type Tokens = ReadonlyMap<string, 'yellow' | 'red'>;

const columns = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** The tokens of a state that has a board: `board.A` is a list of tokens from the bottom up. */
export function tokensIn(state: unknown): Tokens | undefined {
  if (!isObject(state) || !isObject(state['board'])) return undefined;
  const { board } = state;
  if (!isObject(board) || !columns.some((column) => Array.isArray(board[column]))) return undefined;
  const tokens = columns.flatMap((column) => {
    const stack: unknown = board[column];
    if (!Array.isArray(stack)) return [];
    return stack.flatMap((token: unknown, index) =>
      token === 'yellow' || token === 'red' ? [[`${column}${index + 1}`, token] as const] : [],
    );
  });
  return new Map(tokens);
}

/** The first four in a row, in any direction. */
export function lineIn(tokens: Tokens): ReadonlySet<string> {
  const cell = (column: number, row: number) => `${columns[column] ?? ''}${row}`;
  const ways = [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ] as const;
  for (const [name, token] of tokens) {
    const [column, row] = [columns.indexOf(name.charAt(0)), Number(name.slice(1))];
    for (const [right, up] of ways) {
      const four = [0, 1, 2, 3].map((step) => cell(column + right * step, row + up * step));
      if (four.every((one) => tokens.get(one) === token)) return new Set(four);
    }
  }
  return new Set();
}

/** The cell that has a token now and had none before. */
export function newCell(before: Tokens | undefined, after: Tokens | undefined): string | undefined {
  return [...(after?.keys() ?? [])].find((name) => before !== undefined && !before.has(name));
}
