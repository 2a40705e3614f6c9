import { todo } from '../todo.ts';

/** A game has started. Player one has yellow and begins. Player two has red. */
export type GameStarted = {
  readonly type: 'GameStarted';
  // Exercise 1.2: which data does the event need? Replace this wide type.
  readonly data: Readonly<Record<string, unknown>>;
};

/** All events of a game. */
export type GameEvent = GameStarted;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return todo('1.2', 'make the event with the two players.');
}
