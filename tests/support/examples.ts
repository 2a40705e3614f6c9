import type { GameStarted, StartGame } from '../../src/domain/index.ts';

export const alice = 'Alice';
export const bob = 'Bob';

export const startGame: StartGame = { type: 'StartGame', data: { playerOne: alice, playerTwo: bob } };
export const started: GameStarted = { type: 'GameStarted', data: { playerOne: alice, playerTwo: bob } };
