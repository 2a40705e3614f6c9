import { expect } from 'vitest';

import { evolve, fold, moveMade, tokenAt, type Board, type Cell, type Token } from '../../src/domain/index.ts';
import { afterMoves, move, moved } from '../support/example-moves.ts';
import { alice, bob, started } from '../support/examples.ts';
import { scenario } from '../support/scenario.ts';
import { step } from '../support/step.ts';

step('2.1', 'the fact that a move was made remembers who has moved, and where', () => {
  expect(moveMade(alice, 'D')).toEqual({ type: 'MoveMade', data: { player: alice, column: 'D' } });
});

step('2.2', 'the first player makes the first move', () => {
  scenario(started).when(move(alice, 'D')).thenEvents(moved(alice, 'D'));
});

step('2.2', 'a move into another column is another event', () => {
  scenario(started).when(move(alice, 'A')).thenEvents(moved(alice, 'A'));
});

step('2.3', 'the token of player one is yellow, and lies at the bottom of the column', () => {
  expect(tokenOnBoardAfter('D', { column: 'D', row: 1 })).toBe('yellow');
});

step('2.3', 'the token of player two is red, and comes to lie on top', () => {
  expect(tokenOnBoardAfter('DD', { column: 'D', row: 2 })).toBe('red');
});

step('2.3', 'a move changes one column, and no other', () => {
  expect(tokenOnBoardAfter('D', { column: 'C', row: 1 })).toBeUndefined();
  expect(tokenOnBoardAfter('D', { column: 'E', row: 1 })).toBeUndefined();
});

step('2.3', 'evolving makes a new state and leaves the old one as it was', () => {
  const game = fold([started]);
  const before = structuredClone(game);
  evolve(game, moved(alice, 'D'));
  expect(game, 'evolve has changed the state that it was given').toEqual(before);
});

step('2.4', 'after a move of player one it is the turn of player two', () => {
  scenario(...afterMoves('D')).thenGame({ nextPlayer: bob });
});

step('2.4', 'and then it is the turn of player one again', () => {
  scenario(...afterMoves('DD')).thenGame({ nextPlayer: alice });
});

step('2.4', 'the players move in turn', () => {
  scenario(...afterMoves('D'))
    .when(move(bob, 'E'))
    .thenEvents(moved(bob, 'E'));
});

step('2.4', 'refuses the first move to player two', () => {
  scenario(started).when(move(bob, 'D')).thenRefused('not-your-turn');
});

step('2.4', 'refuses the same command when it comes a second time', () => {
  scenario(...afterMoves('D'))
    .when(move(alice, 'D'))
    .thenRefused('not-your-turn');
});

step('2.4', 'refuses a move of somebody who does not play', () => {
  scenario(started).when(move('Mallory', 'D')).thenRefused('not-a-player');
});

function tokenOnBoardAfter(letters: string, cell: Cell): Token | undefined {
  const game = afterMoves(letters).reduce(evolve, { status: 'not started' });
  return tokenAt((game as { board: Board }).board, cell);
}
