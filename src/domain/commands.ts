/** "Let's play." */
export type StartGame = {
  readonly type: 'StartGame';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** "I drop my token here." A command comes from outside: the column may be any text. */
export type MakeMove = {
  readonly type: 'MakeMove';
  readonly data: { readonly player: string; readonly column: string };
};

/** All commands of a game. */
export type GameCommand = StartGame | MakeMove;
