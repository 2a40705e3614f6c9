import { expect } from 'vitest';

import { decide, evolve, gameStarted, initialState } from '../../src/domain/index.ts';
import { pairs, startedBy } from '../support/examples.ts';
import { expectEvent } from '../support/given.ts';
import { step, there } from '../support/step.ts';

there('a new game has not started', () => {
  expect(initialState.status).toBe('not started');
});

there('decide and evolve exist', () => {
  expect([typeof decide, typeof evolve]).toEqual(['function', 'function']);
});

for (const [one, two] of pairs) {
  step('1.2', `GameStarted contains ${one} as player one and ${two} as player two, and no more`, () => {
    expectEvent(gameStarted(one, two), startedBy(one, two));
  });
}

for (const [one, two] of [
  ['anna', 'bert'],
  [' Alice', 'Bob '],
  ['Alice', 'Alice'],
  ['', ''],
] as const) {
  step('1.2', `GameStarted keeps the names "${one}" and "${two}" unchanged`, () => {
    expectEvent(gameStarted(one, two), startedBy(one, two));
  });
}

step('1.2', 'each call makes a new event', () => {
  const first = gameStarted('Alice', 'Bob');
  expectEvent(gameStarted('Alice', 'Carol'), startedBy('Alice', 'Carol'));
  expectEvent(first, startedBy('Alice', 'Bob'));
});
