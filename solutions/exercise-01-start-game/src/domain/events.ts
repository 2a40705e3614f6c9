/** Two players have sat down. The first has yellow and begins, the second has red. Names identify them. */
export type GameStarted = {
  readonly type: 'GameStarted';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** Everything that can happen in a game. */
export type GameEvent = GameStarted;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return { type: 'GameStarted', data: { playerOne, playerTwo } };
}
