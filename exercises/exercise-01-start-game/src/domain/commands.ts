/** "Let's play." */
export type StartGame = {
  readonly type: 'StartGame';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** All commands of a game. */
export type GameCommand = StartGame;
