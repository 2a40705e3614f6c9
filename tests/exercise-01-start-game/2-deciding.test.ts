import { alice, bob, startGame, started } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

step('1.3', 'two players start a game', () => {
  scenario().when(startGame).thenEvents(started);
});

step('1.3', 'who is player one depends on the command alone', () => {
  scenario()
    .when({ type: 'StartGame', data: { playerOne: bob, playerTwo: alice } })
    .thenEvents({ type: 'GameStarted', data: { playerOne: bob, playerTwo: alice } });
});
