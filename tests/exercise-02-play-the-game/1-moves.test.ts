import { initialState, moveMade, type GameInProgress } from '../../src/domain/index.ts';
import { evolved, stateAfter, statesAlong } from '../support/decider.ts';
import { afterMoves, boardAfter, move, moved } from '../support/example-moves.ts';
import { alice, bob, pairs, started, startedBy } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { expectEvent, expectState, given } from '../support/given.ts';
import { anyMoves } from '../support/random-games.ts';
import { step } from '../support/step.ts';

for (const [player, column] of [
  [alice, 'D'],
  ['Zoë', 'A'],
  [' bob ', 'G'],
] as const) {
  step('2.1', `MoveMade contains the player (${player}), the column (${column}), and no more`, () => {
    expectEvent(moveMade(player, column), moved(player, column));
  });
}

for (const [one, two] of pairs) {
  step('2.2', `${one} makes the first move in a game with ${two}`, () => {
    given(startedBy(one, two)).when(move(one, 'D')).thenFirst(moved(one, 'D'));
  });
}

step('2.2', 'the first move goes into the column of the command', () => {
  for (const column of ['B', 'C', 'E', 'F']) given(started).when(move(alice, column)).thenFirst(moved(alice, column));
});

for (const players of pairs) {
  step('2.3', `the token of ${players[0]}, player one, is yellow and falls to the bottom of its column`, () => {
    given(...afterMoves('D', players)).thenState({ status: 'in progress', board: boardAfter('D') });
  });

  step('2.3', `the token of ${players[1]}, player two, is red and lands on top`, () => {
    given(...afterMoves('DD', players)).thenState({ board: boardAfter('DD') });
  });
}

step('2.3', 'each token goes into the column of its move, and the players stay the same', () => {
  forAll(anyMoves, ({ letters, players }) => {
    const [playerOne, playerTwo] = players;
    given(...afterMoves(letters, players)).thenState({ playerOne, playerTwo, board: boardAfter(letters) });
  });
});

step('2.3', 'evolve returns a new state and does not change the old one', () => {
  const before = statesAlong(afterMoves('DDEAB'))[2] ?? initialState;
  evolved(before, moved(bob, 'D'));
  evolved(before, moved(bob, 'E'));
  expectState(before, { board: boardAfter('D') }, afterMoves('D'));
});

step('2.3', 'the same event leads from two different states to two different states', () => {
  const [event, other] = [moved(alice, 'D'), afterMoves('AB')];
  for (const letters of ['', 'AB']) evolved(stateAfter(afterMoves(letters)), event);
  expectState(evolved(stateAfter(other), event), { board: boardAfter('ABD') }, [...other, event]);
});

for (const [what, history, column, tokens] of [
  ['a move out of turn', [started, moved(bob, 'D')], 'D', 1],
  ['two moves in a row', [started, moved(alice, 'C'), moved(alice, 'D')], 'D', 1],
  ['a move of a stranger', [started, moved('Mallory', 'D')], 'D', 1],
  ['a seventh token in a column', afterMoves('AAAAAAA'), 'A', 7],
] as const) {
  step('2.3', `evolve does not check rules: it applies ${what}`, () => {
    given(...history).thenState({ status: 'in progress' });
    const { board } = stateAfter(history) as GameInProgress;
    if (board[column].length === tokens) return;
    const sentence = 'evolve has left out a move. The move has happened: evolve does not check rules.';
    throw new WrongAnswerError(sentence, placeOf('src/domain/game.ts', 'evolve'));
  });
}

step('2.3', 'evolve accepts a move before the start, and does not change the state', () => {
  given(moved(alice, 'D')).thenState({ status: 'not started' });
});

for (const players of pairs) {
  step('2.4', `after a move of ${players[0]} it is the turn of ${players[1]}, and then of ${players[0]} again`, () => {
    given(...afterMoves('D', players)).thenState({ nextPlayer: players[1] });
    given(...afterMoves('DE', players)).thenState({ nextPlayer: players[0] });
  });

  step('2.4', `${players[0]} and ${players[1]} move in turn`, () => {
    given(...afterMoves('D', players))
      .when(move(players[1], 'E'))
      .thenFirst(moved(players[1], 'E'));
    given(...afterMoves('DE', players))
      .when(move(players[0], 'E'))
      .thenFirst(moved(players[0], 'E'));
  });

  step('2.4', `refuses the first move of ${players[1]}, player two`, () => {
    given(startedBy(...players))
      .when(move(players[1], 'D'))
      .thenRefused('not-your-turn');
  });
}

step('2.4', 'refuses the same command a second time', () => {
  given(...afterMoves('D'))
    .when(move(alice, 'D'))
    .thenRefused('not-your-turn');
});

for (const stranger of ['Mallory', 'alice', ' Alice', 'Bob ', '', 'constructor']) {
  step('2.4', `refuses a move of "${stranger}", a stranger to the game`, () => {
    given(started).when(move(stranger, 'D')).thenRefused('not-a-player');
    given(...afterMoves('D'))
      .when(move(stranger, 'D'))
      .thenRefused('not-a-player');
  });
}
