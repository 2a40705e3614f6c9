import { todo } from '../todo.ts';

/** Two players have sat down. The first has yellow and begins, the second has red. Names identify them. */
export type GameStarted = {
  readonly type: 'GameStarted';
  // Exercise 1.2: what has to be remembered? Write it down in place of this wide type.
  readonly data: Readonly<Record<string, unknown>>;
};

/** Everything that can happen in a game. */
export type GameEvent = GameStarted;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return todo('1.2', 'make the event that remembers who plays.');
}
