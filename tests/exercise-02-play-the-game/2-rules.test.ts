import { afterMoves, move, moved } from '../support/example-moves.ts';
import { alice, bob, started } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

for (const column of ['H', 'a', '', 'AB', 'toString']) {
  step('2.5', `refuses a move into a column called "${column}"`, () => {
    scenario(started).when(move(alice, column)).thenRefused('unknown-column');
  });
}

step('2.5', 'a column takes six tokens', () => {
  scenario(...afterMoves('DDDDD'))
    .when(move(bob, 'D'))
    .thenEvents(moved(bob, 'D'));
});

step('2.5', 'refuses a seventh token', () => {
  scenario(...afterMoves('DDDDDD'))
    .when(move(alice, 'D'))
    .thenRefused('column-full');
});

step('2.5', 'the other columns have room while one is full', () => {
  scenario(...afterMoves('DDDDDD'))
    .when(move(alice, 'C'))
    .thenEvents(moved(alice, 'C'));
});
