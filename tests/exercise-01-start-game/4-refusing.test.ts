import { alice, bob, pairs, startBy, started, startedBy, startGame } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { given } from '../support/given.ts';
import { anyPair } from '../support/random-people.ts';
import { step } from '../support/step.ts';

step('1.6', 'refuses to start a game twice', () => {
  given(started).when(startGame).thenRefused('game-already-started');
});

for (const [one, two] of pairs) {
  step('1.6', `refuses to start a game of ${one} and ${two} again with other players`, () => {
    given(startedBy(one, two)).when(startBy('Carol', 'Dave')).thenRefused('game-already-started');
  });
}

for (const nameless of ['', ' ', '   ']) {
  step('1.6', `refuses a first player whose name is "${nameless}"`, () => {
    given().when(startBy(nameless, bob)).thenRefused('player-without-name');
  });

  step('1.6', `refuses a second player whose name is "${nameless}"`, () => {
    given().when(startBy(alice, nameless)).thenRefused('player-without-name');
  });
}

for (const name of [alice, 'Zoë']) {
  step('1.6', `refuses two players who are both called ${name}`, () => {
    given().when(startBy(name, name)).thenRefused('players-not-different');
  });
}

for (const [one, two] of [
  ['Al', 'al'],
  ['A', 'B'],
  ['Anna Maria', 'Anna'],
  ['Anna', 'Anton'],
  ['Alice', 'Alice '],
  [' Alice', 'Bob '],
  ['mary-ann', "o'neill"],
] as const) {
  step('1.6', `"${one}" and "${two}" are different names, and are kept as they were typed`, () => {
    given().when(startBy(one, two)).then(startedBy(one, two));
  });
}

step('1.6', 'any two different names are accepted', () => {
  forAll(anyPair, ([one, two]) => {
    given().when(startBy(one, two)).then(startedBy(one, two));
  });
});
