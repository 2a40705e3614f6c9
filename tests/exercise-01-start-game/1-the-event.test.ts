import { expect } from 'vitest';

import { decide, evolve, gameStarted, initialState } from '../../src/domain/index.ts';
import { alice, bob } from '../support/examples.ts';
import { given, step } from '../support/step.ts';

given('a game begins as one that has not started', () => {
  expect(initialState).toEqual({ status: 'not started' });
});

given('decide and evolve are there to be filled in', () => {
  expect([typeof decide, typeof evolve]).toEqual(['function', 'function']);
});

step('1.2', 'the fact that a game started remembers both players, in their order', () => {
  expect(gameStarted(alice, bob)).toEqual({ type: 'GameStarted', data: { playerOne: alice, playerTwo: bob } });
});
