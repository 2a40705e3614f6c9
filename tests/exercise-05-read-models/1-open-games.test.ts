import { openGames, openGamesIn } from '../../src/read-models/open-games.ts';
import { afterMoves, finished, moved, results } from '../support/example-moves.ts';
import { alice, bob, pairs, startedBy } from '../support/examples.ts';
import { placeOf } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { anyGames, threeGames } from '../support/logs.ts';
import { expectSeparateModels, expectToGoOn, givenLog, logOf, minuteOf, type Question } from '../support/rows.ts';
import { step } from '../support/step.ts';

const question: Question = {
  projection: openGames,
  rowsIn: openGamesIn,
  at: placeOf('src/read-models/open-games.ts', 'openGames'),
};

step('5.1', 'a game that has started is open', () => {
  for (const [playerOne, playerTwo] of pairs) {
    givenLog(question, logOf({ g1: [startedBy(playerOne, playerTwo)] })).thenRows({
      gameId: 'g1',
      playerOne,
      playerTwo,
      moves: 0,
      lastEventAt: minuteOf(0).toISOString(),
    });
  }
});

step('5.1', 'each move counts, and the time of the last event is the one at which it was recorded', () => {
  givenLog(question, logOf({ g1: afterMoves('DDE') })).thenRows({
    gameId: 'g1',
    playerOne: alice,
    playerTwo: bob,
    moves: 3,
    lastEventAt: minuteOf(3).toISOString(),
  });
});

step('5.1', 'a finished game is not open', () => {
  for (const result of results) {
    givenLog(question, logOf({ g1: [...afterMoves('DDE'), finished(result)] })).thenRows();
  }
});

step('5.1', 'the games in the log do not mix', () => {
  givenLog(question, logOf({ ...threeGames, 'g1-3': afterMoves('AB', [bob, alice]) })).thenRows(
    { gameId: 'g1', playerOne: alice, playerTwo: bob, moves: 3, lastEventAt: minuteOf(12).toISOString() },
    { gameId: 'g1-3', playerOne: bob, playerTwo: alice, moves: 2, lastEventAt: minuteOf(11).toISOString() },
  );
});

step('5.1', 'a game whose beginning is missing is not open, and does not stop the others', () => {
  givenLog(question, logOf({ g0: [moved(bob, 'A'), finished('tied')], g1: afterMoves('D') })).thenRows(
    { gameId: 'g1', moves: 1 }, //
  );
  givenLog(question, logOf({ g0: [moved(bob, 'A')] })).thenRows();
});

step('5.1', 'games and players may have any names', () => {
  const names = ['constructor', 'toString'] as const;
  givenLog(question, logOf({ constructor: afterMoves('A', names) })).thenRows(
    { gameId: 'constructor', playerOne: 'constructor', playerTwo: 'toString', moves: 1 }, //
  );
});

step('5.1', 'all that is remembered is in the tables', () => {
  const others = { g1: afterMoves('AAAA', ['Zoë', 'Yusuf']), cup: afterMoves('B', ['Zoë', 'Yusuf']) };
  expectSeparateModels(question, logOf(threeGames), logOf(others));
  expectToGoOn(question, logOf(threeGames), 8);
});

step('5.1', 'for random games, those without an end are open', () => {
  forAll(
    anyGames,
    (games) => {
      const log = logOf(games);
      const rows = Object.entries(games).flatMap(([gameId, events]) => {
        const [start] = events;
        const last = log.findLast((entry) => entry.gameId === gameId);
        if (start?.type !== 'GameStarted' || last === undefined || last.event.type === 'GameFinished') return [];
        return [{ gameId, ...start.data, moves: events.length - 1, lastEventAt: last.recordedAt.toISOString() }];
      });
      const sorted = rows.toSorted((one, other) => other.lastEventAt.localeCompare(one.lastEventAt));
      givenLog(question, log).thenRows(...sorted);
    },
    15,
  );
});
