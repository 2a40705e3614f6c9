import type { GameStarted, StartGame } from '../../src/domain/index.ts';

export const alice = 'Alice';
export const bob = 'Bob';

/** Two players, player one first. */
export type Pair = readonly [playerOne: string, playerTwo: string];

/** Different players in different roles, so that an answer for Alice and Bob alone fails. */
export const pairs: readonly Pair[] = [
  [alice, bob],
  [bob, alice],
  ['Zoë', 'Yusuf'],
];

export const startGame = startBy(alice, bob);
export const started = startedBy(alice, bob);

export function startBy(playerOne: string, playerTwo: string): StartGame {
  return { type: 'StartGame', data: { playerOne, playerTwo } };
}

export function startedBy(playerOne: string, playerTwo: string): GameStarted {
  return { type: 'GameStarted', data: { playerOne, playerTwo } };
}
