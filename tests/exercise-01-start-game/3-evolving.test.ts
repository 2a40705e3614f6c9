import { expect } from 'vitest';

import { evolve, fold, initialState } from '../../src/domain/index.ts';
import { alice, bob, started } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

step('1.4', 'a game that has started is in progress, and knows its players', () => {
  scenario(started).thenGame({ status: 'in progress', playerOne: alice, playerTwo: bob });
});

step('1.4', 'evolving makes a new state and leaves the old one as it was', () => {
  const before = structuredClone(initialState);
  const after = evolve(initialState, started);
  expect(after, 'evolve gave back the very state that it was given').not.toBe(initialState);
  expect(initialState, 'evolve has changed the state that it was given').toEqual(before);
});

step('1.5', 'a history of no events is a game that has not started', () => {
  expect(fold([])).toEqual(initialState);
});

step('1.5', 'a history is folded into the state that it leads to', () => {
  expect(fold([started])).toMatchObject({ status: 'in progress', playerOne: alice, playerTwo: bob });
});

step('1.5', 'the same history leads to the same state, however often it is folded', () => {
  expect(fold([started])).toEqual(fold([started]));
});
