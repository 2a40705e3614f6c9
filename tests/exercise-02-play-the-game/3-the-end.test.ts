import { expect } from 'vitest';

import { decide, fold } from '../../src/domain/index.ts';
import { afterMoves, finished, move, moved, movesToADraw, movesToALateWin } from '../support/example-moves.ts';
import { alice, bob, startGame } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

const aliceHasWon = [...afterMoves('AABBCCD'), finished('player one won')];

step('2.6', 'a game that has finished knows its result', () => {
  scenario(...aliceHasWon).thenGame({ status: 'finished', result: 'player one won' });
});

step('2.6', 'a draw is a result, too', () => {
  scenario(...afterMoves(movesToADraw), finished('tied')).thenGame({ status: 'finished', result: 'tied' });
});

step('2.6', 'a game that has finished still has its players and its board', () => {
  scenario(...aliceHasWon).thenGame({
    playerOne: alice,
    playerTwo: bob,
    board: { A: ['yellow', 'red'], B: ['yellow', 'red'], C: ['yellow', 'red'], D: ['yellow'], E: [], F: [], G: [] },
  });
});

step('2.7', 'refuses a move in a game that nobody has started', () => {
  scenario().when(move(alice, 'D')).thenRefused('game-not-started');
});

step('2.7', 'refuses a move in a game that is over', () => {
  scenario(...aliceHasWon)
    .when(move(bob, 'D'))
    .thenRefused('game-finished');
});

step('2.7', 'refuses to start a game that is over', () => {
  scenario(...aliceHasWon)
    .when(startGame)
    .thenRefused('game-already-started');
});

for (const [direction, letters, last] of [
  ['beside each other', 'AABBCC', 'D'],
  ['on top of each other', 'ABABAB', 'A'],
  ['in a rising diagonal', 'ABBCCDCDDG', 'D'],
  ['in a falling diagonal', 'GFFEEDEDDA', 'D'],
  ['with the gap in their middle', 'AABBDD', 'C'],
] as const) {
  step('2.8', `the move that puts four tokens ${direction} ends the game, in the same decision`, () => {
    scenario(...afterMoves(letters))
      .when(move(alice, last))
      .thenEvents(moved(alice, last), finished('player one won'));
  });
}

step('2.8', 'player two can win, too', () => {
  scenario(...afterMoves('CABABAB'))
    .when(move(bob, 'A'))
    .thenEvents(moved(bob, 'A'), finished('player two won'));
});

step('2.8', 'three in a line do not end a game', () => {
  scenario(...afterMoves('AABB'))
    .when(move(alice, 'C'))
    .thenEvents(moved(alice, 'C'));
});

step('2.8', 'the move that fills the board without a line ends the game as a draw', () => {
  scenario(...afterMoves(movesToADraw.slice(0, -1)))
    .when(move(bob, 'A'))
    .thenEvents(moved(bob, 'A'), finished('tied'));
});

step('2.8', 'the move that fills the board and makes a line wins', () => {
  scenario(...afterMoves(movesToALateWin.slice(0, -1)))
    .when(move(bob, 'C'))
    .thenEvents(moved(bob, 'C'), finished('player two won'));
});

step('2.8', 'what is decided and what is folded fit together: a game that has been won is over', () => {
  const history = afterMoves('AABBCC');
  const events = decide(move(alice, 'D'), fold(history));
  expect(fold([...history, ...events])).toMatchObject({ status: 'finished', result: 'player one won' });
});
