import { columns } from '../../src/domain/index.ts';
import { afterMoves, move, moved } from '../support/example-moves.ts';
import { alice, bob, started } from '../support/examples.ts';
import { given } from '../support/given.ts';
import { step } from '../support/step.ts';

for (const column of ['H', 'Z', 'a', 'd', '', ' ', 'AB', ' D', 'D ', '1', 'toString', '__proto__']) {
  step('2.5', `refuses a move into a column called "${column}"`, () => {
    given(started).when(move(alice, column)).thenRefused('unknown-column');
  });
}

step('2.5', 'each column takes six tokens', () => {
  for (const column of columns) {
    given(...afterMoves(column.repeat(5)))
      .when(move(bob, column))
      .thenFirst(moved(bob, column));
  }
});

for (const column of columns) {
  step('2.5', `refuses a seventh token in column ${column}, but accepts it in the others`, () => {
    const full = afterMoves(column.repeat(6));
    given(...full)
      .when(move(alice, column))
      .thenRefused('column-full');
    for (const other of columns.filter((one) => one !== column)) {
      given(...full)
        .when(move(alice, other))
        .thenFirst(moved(alice, other));
    }
  });
}
