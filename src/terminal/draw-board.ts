import { columns, rowCount, tokenAt, winningLine } from '../domain/index.ts';
import type { Board, Cell, Token } from '../domain/index.ts';
import type { Colors } from './console.ts';

/** A token. The two shapes differ, so they can be told apart without colors. */
export function drawToken(token: Token, colors: Colors): string {
  return token === 'yellow' ? colors.yellow('●') : colors.red('○');
}

/** The board as text. The tokens of a winning line are in brackets. */
export function drawBoard(board: Board, colors: Colors): string {
  const winners = winningLine(board) ?? [];
  const drawCell = (cell: Cell) => {
    const token = tokenAt(board, cell);
    if (token === undefined) return '   ';
    const wins = winners.some(({ column, row }) => column === cell.column && row === cell.row);
    return wins ? colors.bold(`[${drawToken(token, colors)}]`) : ` ${drawToken(token, colors)} `;
  };
  const frame = colors.blue('│');
  const rows = Array.from({ length: rowCount }, (_, index) => rowCount - index).map((row) =>
    [frame, ...columns.flatMap((column) => [drawCell({ column, row }), frame])].join(''),
  );
  const header = columns.map((column) => `  ${column} `).join('');
  return [header, ...rows, colors.blue(`└${columns.map(() => '───').join('┴')}┘`)]
    .map((line) => `  ${line}`)
    .join('\n');
}
