/** A game has started. Player one has yellow and begins. Player two has red. */
export type GameStarted = {
  readonly type: 'GameStarted';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** All events of a game. */
export type GameEvent = GameStarted;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return { type: 'GameStarted', data: { playerOne, playerTwo } };
}
