/** "Let us play." */
export type StartGame = {
  readonly type: 'StartGame';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** Everything that one can ask of a game. */
export type GameCommand = StartGame;
