import type { Game, GameCommand } from '../../domain/index.ts';

/** The columns and rows that there are to draw: there is no board yet, exercise 2 brings it. */
export const columnNames: readonly string[] = [];
export const rowNumbers: readonly number[] = [];

/** What the page wants to know of a game. This is all of the page that has to understand the state. */
export type Facts = {
  /** How the game stands, in a sentence. */
  readonly sentence: string;
  /** Yellow and red, if there are players yet. */
  readonly players?: readonly [string, string];
  /** Whose turn it is, while the game is in progress. */
  readonly nextPlayer?: string;
  /** The tokens by the names of their cells, as in 'D1'. */
  readonly tokens: ReadonlyMap<string, string>;
  /** The cells of the line that has won. */
  readonly line: ReadonlySet<string>;
};

/** What a state says. With code that somebody is still writing, the state may be none: then it throws. */
export function factsOf(game: Game): Facts {
  const nothing = { tokens: new Map<string, string>(), line: new Set<string>() };
  if (game.status === 'not started') return { sentence: 'Nobody has started this game yet.', ...nothing };
  const players = [game.playerOne, game.playerTwo] as const;
  return { sentence: `${players.join(' and ')} have started the game.`, players, ...nothing };
}

/** The command of a player who wants to drop a token. */
export function moveCommand(player: string, column: string): GameCommand {
  throw new Error('There is no board yet, so nobody can move.');
}
