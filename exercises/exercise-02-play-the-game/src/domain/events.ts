import { todo } from '../todo.ts';
import type { Column } from './board.ts';

/** A game has started. Player one has yellow and begins. Player two has red. */
export type GameStarted = {
  readonly type: 'GameStarted';
  readonly data: { readonly playerOne: string; readonly playerTwo: string };
};

/** A player has dropped a token into a column. */
export type MoveMade = {
  readonly type: 'MoveMade';
  // Exercise 2.1: which data does a move need? Replace this wide type.
  readonly data: Readonly<Record<string, unknown>>;
};

/** The game is over. The move right before this event ended it. */
export type GameFinished = {
  readonly type: 'GameFinished';
  readonly data: { readonly result: GameResult };
};

export type GameResult = 'player one won' | 'player two won' | 'tied';

/** All events of a game. */
export type GameEvent = GameStarted | MoveMade | GameFinished;

export function gameStarted(playerOne: string, playerTwo: string): GameStarted {
  return { type: 'GameStarted', data: { playerOne, playerTwo } };
}

export function moveMade(player: string, column: Column): MoveMade {
  return todo('2.1', 'make the event of a move.');
}

export function gameFinished(result: GameResult): GameFinished {
  return { type: 'GameFinished', data: { result } };
}
