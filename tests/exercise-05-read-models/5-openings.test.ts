import { columns } from '../../src/domain/index.ts';
import { openings, openingsIn } from '../../src/read-models/openings.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { alice, bob, startedBy } from '../support/examples.ts';
import { placeOf } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { anyGames, threeGames, type Games } from '../support/logs.ts';
import { expectSeparateModels, expectToGoOn, givenLog, logOf, type Question } from '../support/rows.ts';
import { step } from '../support/step.ts';

const question: Question = {
  projection: openings,
  rowsIn: openingsIn,
  at: placeOf('src/read-models/openings.ts', 'openings'),
};

step('5.5', 'a game that player one won counts for the column of its first move', () => {
  givenLog(question, logOf({ g1: [...afterMoves('DEAB'), finished('player one won')] })).thenRows(
    { column: 'D', games: 1, won: 1 }, //
  );
});

step('5.5', 'a game that player one did not win counts, but not as won', () => {
  for (const result of ['player two won', 'tied'] as const) {
    givenLog(question, logOf({ g1: [...afterMoves('EDDA'), finished(result)] })).thenRows(
      { column: 'E', games: 1, won: 0 }, //
    );
  }
});

step('5.5', 'a game counts when it is finished, not before', () => {
  givenLog(question, logOf({ g1: afterMoves('DEDEDED') })).thenRows();
});

step('5.5', 'the games of a column add up, with any players', () => {
  const games: Games = {
    g1: [...afterMoves('DEAB'), finished('player one won')],
    g2: [...afterMoves('AD', [bob, alice]), finished('player one won')],
    g3: [...afterMoves('D', ['Zoë', 'Yusuf']), finished('tied')],
    g4: [...afterMoves('DDD', ['Zoë', alice]), finished('player one won')],
    g5: afterMoves('DA'),
  };
  givenLog(question, logOf(games)).thenRows({ column: 'A', games: 1, won: 1 }, { column: 'D', games: 3, won: 2 });
});

step('5.5', 'a finished game without a move does not count', () => {
  givenLog(question, logOf({ g1: [startedBy(alice, bob), finished('tied')], g2: [finished('tied')] })).thenRows();
});

step('5.5', 'all that is remembered is in the tables', () => {
  const others: Games = {
    'g1-2': [...afterMoves('GABABAB'), finished('player two won')],
    cup: [...afterMoves('FC'), finished('player one won')],
  };
  expectSeparateModels(question, logOf(threeGames), logOf(others));
  expectToGoOn(question, logOf(threeGames), 8);
});

step('5.5', 'for random games, the openings are right', () => {
  forAll(
    anyGames,
    (games) => {
      const rows = columns.flatMap((column) => {
        const ends = Object.values(games).flatMap(([, first, ...others]) => {
          const end = others.at(-1);
          if (first?.type !== 'MoveMade' || first.data.column !== column || end?.type !== 'GameFinished') return [];
          return [end.data.result];
        });
        const won = ends.filter((result) => result === 'player one won').length;
        return ends.length === 0 ? [] : [{ column, games: ends.length, won }];
      });
      givenLog(question, logOf(games)).thenRows(...rows);
    },
    15,
  );
});
