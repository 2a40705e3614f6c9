/** "Let us play." */
export type StartGame = {
  readonly type: 'StartGame';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** "I drop my token here." A command comes from outside: the column is whatever somebody has typed. */
export type MakeMove = {
  readonly type: 'MakeMove';
  readonly data: { readonly player: string; readonly column: string };
};

/** Everything that one can ask of a game. */
export type GameCommand = StartGame | MakeMove;
