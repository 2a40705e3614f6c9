import {
  columns,
  rowCount,
  tokenAt,
  winningLine,
  type Board,
  type Game,
  type GameCommand,
  type Token,
} from '../../domain/index.ts';

/** The columns and rows that there are to draw. */
export const columnNames: readonly string[] = columns;
export const rowNumbers: readonly number[] = Array.from({ length: rowCount }, (_, index) => index + 1);

/** What the page wants to know of a game. This is all of the page that has to understand the state. */
export type Facts = {
  /** How the game stands, in a sentence. */
  readonly sentence: string;
  /** Yellow and red, if there are players yet. */
  readonly players?: readonly [string, string];
  /** Whose turn it is, while the game is in progress. */
  readonly nextPlayer?: string;
  /** The tokens by the names of their cells, as in 'D1'. */
  readonly tokens: ReadonlyMap<string, Token>;
  /** The cells of the line that has won. */
  readonly line: ReadonlySet<string>;
};

/** What a state says. With code that somebody is still writing, the state may be none: then it throws. */
export function factsOf(game: Game): Facts {
  if (game.status === 'not started') return { sentence: 'Nobody has started this game yet.', ...noTokens };
  const players = [game.playerOne, game.playerTwo] as const;
  const board = { tokens: tokensOf(game.board), line: lineOf(game.board) };
  if (game.status === 'in progress') {
    return { sentence: `It is ${game.nextPlayer}\u2019s turn.`, players, nextPlayer: game.nextPlayer, ...board };
  }
  const sentences = {
    'player one won': `${game.playerOne} has won.`,
    'player two won': `${game.playerTwo} has won.`,
    tied: 'It is a draw: the board is full.',
  };
  return { sentence: sentences[game.result], players, ...board };
}

/** The command of a player who wants to drop a token. */
export function moveCommand(player: string, column: string): GameCommand {
  return { type: 'MakeMove', data: { player, column } };
}

const noTokens = { tokens: new Map<string, Token>(), line: new Set<string>() };

function tokensOf(board: Board): ReadonlyMap<string, Token> {
  return new Map(
    columns.flatMap((column) => board[column].map((token, index) => [`${column}${index + 1}`, token] as const)),
  );
}

function lineOf(board: Board): ReadonlySet<string> {
  const line = winningLine(board)?.filter((cell) => tokenAt(board, cell) !== undefined) ?? [];
  return new Set(line.map(({ column, row }) => `${column}${row}`));
}
