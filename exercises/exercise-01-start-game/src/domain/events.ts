import { todo } from '../todo.ts';

/** A game has started. Player one has yellow and begins. Player two has red. */
export type GameStarted = {
  readonly type: 'GameStarted';
  // Exercise 1.2: what must the event remember? Write it in place of this placeholder type.
  readonly data: Readonly<Record<string, unknown>>;
};

/** All events of a game. */
export type GameEvent = GameStarted;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return todo('1.2', 'return the event that remembers who plays.');
}
