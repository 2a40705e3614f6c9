import { initialState } from '../../src/domain/index.ts';
import { outcomeOf } from '../support/decider.ts';
import { alice, bob, pairs, startBy, startedBy, startGame } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { expectEvent, given } from '../support/given.ts';
import { plainPair } from '../support/random-people.ts';
import { step } from '../support/step.ts';

for (const [one, two] of pairs) {
  step('1.3', `${one} and ${two} start a game`, () => {
    given().when(startBy(one, two)).then(startedBy(one, two));
  });
}

step('1.3', 'any two people can start a game, in the order of the command', () => {
  forAll(plainPair, ([one, two]) => {
    given().when(startBy(one, two)).then(startedBy(one, two));
  });
});

step('1.3', 'decide has no memory: each answer depends only on the command and the state', () => {
  const first = outcomeOf(startGame, initialState);
  given().when(startBy('Carol', 'Dave')).then(startedBy('Carol', 'Dave'));
  given().when(startGame).then(startedBy(alice, bob));
  expectEvent((first as readonly unknown[])[0], startedBy(alice, bob));
});
