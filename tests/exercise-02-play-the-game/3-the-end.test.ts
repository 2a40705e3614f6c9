import { decide, fold, initialState } from '../../src/domain/index.ts';
import type { GameEvent } from '../../src/domain/index.ts';
import { evolved, outcomeOf, stateAfter, statesAlong } from '../support/decider.ts';
import { afterMoves, boardAfter, finished, move, moved, playerOf, results } from '../support/example-moves.ts';
import { alice, bob, pairs, started, startedBy, startGame, type Pair } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { lateWin, tiedGame, tiedGames, wonGames, wonTwice } from '../support/games.ts';
import { expectState, given, isSameList } from '../support/given.ts';
import { anyHistory, anyMoves } from '../support/random-games.ts';
import { resultOf } from '../support/referee.ts';
import { step } from '../support/step.ts';

const aliceHasWon = [...afterMoves('AABBCCD'), finished('player one won')];

for (const result of results) {
  step('2.6', `a finished game has its result: ${result}`, () => {
    given(...afterMoves('DDE'), finished(result)).thenState({ status: 'finished', result });
  });
}

for (const players of pairs) {
  step(
    '2.6',
    `a finished game of ${players[0]} and ${players[1]} has its players and its board, and no next player`,
    () => {
      given(...afterMoves('AABBCCD', players), finished('player one won')).thenState({
        playerOne: players[0],
        playerTwo: players[1],
        board: boardAfter('AABBCCD'),
        nextPlayer: undefined,
      });
    },
  );
}

step('2.6', 'evolve returns a new state for the end and does not change the old one', () => {
  const before = statesAlong([...afterMoves('D'), finished('player one won')])[2] ?? initialState;
  evolved(before, finished('tied'));
  expectState(before, { status: 'in progress', nextPlayer: bob }, afterMoves('D'));
});

step('2.6', 'only a GameFinished ends a game, not the tokens on the board', () => {
  given(...afterMoves('AABBCCD')).thenState({ status: 'in progress' });
  given(...afterMoves(tiedGame)).thenState({ status: 'in progress' });
  given(...afterMoves('AABBCCD'), finished('tied')).thenState({ status: 'finished', result: 'tied' });
});

step('2.6', 'evolve accepts an end before the start or after the end, and does not change the state', () => {
  given(finished('tied')).thenState({ status: 'not started' });
  given(...aliceHasWon, finished('tied')).thenState({ status: 'finished', result: 'player one won' });
});

step('2.6', 'evolve does not check rules: a second start begins another game', () => {
  for (const history of [afterMoves('DDE'), aliceHasWon]) {
    const again = { status: 'in progress', playerOne: 'Carol', playerTwo: 'Dave', nextPlayer: 'Carol' };
    given(...history, startedBy('Carol', 'Dave')).thenState({ ...again, board: boardAfter('') });
  }
});

step('2.7', 'refuses a move in a game that has not started', () => {
  given().when(move(alice, 'D')).thenRefused('game-not-started');
  given().when(move('Zoë', 'A')).thenRefused('game-not-started');
});

for (const result of results) {
  step('2.7', `refuses a move in a game that is over: ${result}`, () => {
    given(...afterMoves('DDE'), finished(result))
      .when(move(bob, 'D'))
      .thenRefused('game-finished');
    given(...afterMoves('DD'), finished(result))
      .when(move(alice, 'D'))
      .thenRefused('game-finished');
  });
}

step('2.7', 'refuses to start a game that is in progress or over', () => {
  given(...afterMoves('DDE'))
    .when(startGame)
    .thenRefused('game-already-started');
  given(...aliceHasWon)
    .when(startGame)
    .thenRefused('game-already-started');
});

step('2.7', 'evolve accepts a move after the end, and does not change the state', () => {
  const [status, result, board] = ['finished', 'player one won', boardAfter('AABBCCD')];
  given(...aliceHasWon, moved(bob, 'D')).thenState({ status, result, board });
});

step('2.7', 'evolve accepts every event in every order', () => {
  forAll(anyHistory, (history) => {
    given(...history).thenState({});
  });
});

for (const [direction, letters] of [
  ['beside each other', 'AABBCCD'],
  ['on top of each other', 'ABABABA'],
  ['in a rising diagonal', 'ABBCCDCDDGD'],
  ['in a falling diagonal', 'GFFEEDEDDAD'],
  ['around a gap', 'AABBDDC'],
] as const) {
  step('2.8', `the move that puts four tokens ${direction} ends the game, in the same decision`, () => {
    expectLastMove(letters, [alice, bob]);
  });
}

for (const players of pairs) {
  step('2.8', `${players[1]} wins as player two, too`, () => {
    expectLastMove('CABABABA', players);
  });
}

step('2.8', 'three in a line do not end a game', () => {
  for (const letters of ['AABBC', 'ABABA', 'ABBCCDC', 'AABBCDE']) expectLastMove(letters, [alice, bob]);
});

step('2.8', 'the move that fills the board without a line ends the game as a draw', () => {
  expectLastMove(tiedGame, [alice, bob]);
});

step('2.8', 'the move that fills the board and makes a line wins', () => {
  expectLastMove(lateWin, [alice, bob]);
});

step('2.8', 'every line of the board wins, with any of its cells as the last one', () => {
  for (const letters of wonGames) expectLastMove(letters, [alice, bob]);
});

step('2.8', 'a line of five, six or seven wins, and so do two lines at once', () => {
  for (const letters of wonTwice) expectLastMove(letters, [alice, bob]);
});

step('2.8', 'a game goes on as long as there is no line and a free cell', () => {
  for (const letters of tiedGames) expectEachMove(letters, pairs[2] ?? [alice, bob]);
});

step('2.8', 'any game between any two people ends at the right move', () => {
  forAll(anyMoves, ({ letters, players }) => {
    expectEachMove(letters, players);
  });
});

step('2.8', 'decide and evolve fit together: a won game is over', () => {
  const history = afterMoves('AABBCC');
  const events = decide(move(alice, 'D'), fold(history));
  const game = fold([...history, ...events]);
  expectState(game, { status: 'finished', result: 'player one won' }, [started, ...events]);
});

/** Expects the result of the referee for the last of these moves. */
function expectLastMove(letters: string, players: Pair): void {
  given(...afterMoves(letters.slice(0, -1), players))
    .when(lastMove(letters, players))
    .then(...eventsOfLastMove(letters, players));
}

/** The moves up to the one that ends the game. */
function expectEachMove(letters: string, players: Pair): void {
  let game = stateAfter([startedBy(...players)]);
  for (let moves = 1; moves <= letters.length; moves += 1) {
    const soFar = letters.slice(0, moves);
    const outcome = outcomeOf(lastMove(soFar, players), game);
    if (!isSameList(outcome, eventsOfLastMove(soFar, players))) expectLastMove(soFar, players);
    if (resultOf(soFar) !== undefined) return;
    game = evolved(game, moved(playerOf(moves - 1, players), letters.charAt(moves - 1)));
  }
}

function lastMove(letters: string, players: Pair) {
  return move(playerOf(letters.length - 1, players), letters.slice(-1));
}

function eventsOfLastMove(letters: string, players: Pair): readonly GameEvent[] {
  const result = resultOf(letters);
  const made = moved(playerOf(letters.length - 1, players), letters.slice(-1));
  return result === undefined ? [made] : [made, finished(result)];
}
