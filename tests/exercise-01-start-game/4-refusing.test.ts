import { alice, bob, pairs, startBy, started, startedBy, startGame } from '../support/examples.ts';
import { given } from '../support/given.ts';
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
  [' Alice', 'Bob '],
] as const) {
  step('1.6', `"${one}" and "${two}" are two names, and are kept as they were typed`, () => {
    given().when(startBy(one, two)).then(startedBy(one, two));
  });
}
