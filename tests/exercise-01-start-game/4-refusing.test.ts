import { alice, bob, startGame, started } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

step('1.6', 'refuses to start a game twice', () => {
  scenario(started).when(startGame).thenRefused('game-already-started');
});

step('1.6', 'refuses to start a running game with other players, too', () => {
  scenario(started)
    .when({ type: 'StartGame', data: { playerOne: 'Carol', playerTwo: 'Dave' } })
    .thenRefused('game-already-started');
});

for (const nameless of ['', '   ']) {
  step('1.6', `refuses a first player whose name is "${nameless}"`, () => {
    scenario()
      .when({ type: 'StartGame', data: { playerOne: nameless, playerTwo: bob } })
      .thenRefused('player-without-name');
  });

  step('1.6', `refuses a second player whose name is "${nameless}"`, () => {
    scenario()
      .when({ type: 'StartGame', data: { playerOne: alice, playerTwo: nameless } })
      .thenRefused('player-without-name');
  });
}

step('1.6', 'refuses two players of the same name', () => {
  scenario()
    .when({ type: 'StartGame', data: { playerOne: alice, playerTwo: alice } })
    .thenRefused('players-not-different');
});
