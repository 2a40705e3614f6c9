import { leaderboard, standingsIn } from '../../src/read-models/leaderboard.ts';
import { afterMoves, finished, moved } from '../support/example-moves.ts';
import { alice, bob, startedBy } from '../support/examples.ts';
import { placeOf } from '../support/explain.ts';
import { forAll } from '../support/for-all.ts';
import { anyGames, threeGames, type Games } from '../support/logs.ts';
import { expectSeparateModels, expectToGoOn, givenLog, logOf, type Question } from '../support/rows.ts';
import { step } from '../support/step.ts';

const question: Question = {
  projection: leaderboard,
  rowsIn: standingsIn,
  at: placeOf('src/read-models/leaderboard.ts', 'leaderboard'),
};

step('5.2', 'a game that player one won counts for both', () => {
  givenLog(question, logOf({ g1: [...afterMoves('ABABABA'), finished('player one won')] })).thenRows(
    { player: alice, won: 1, tied: 0, lost: 0 },
    { player: bob, won: 0, tied: 0, lost: 1 },
  );
});

step('5.2', 'a game that player two won counts for both', () => {
  givenLog(question, logOf({ g1: [...afterMoves('ABACDBEB'), finished('player two won')] })).thenRows(
    { player: bob, won: 1, tied: 0, lost: 0 },
    { player: alice, won: 0, tied: 0, lost: 1 },
  );
});

step('5.2', 'a tied game counts for both', () => {
  givenLog(question, logOf({ g1: [...afterMoves('AB'), finished('tied')] })).thenRows(
    { player: alice, won: 0, tied: 1, lost: 0 },
    { player: bob, won: 0, tied: 1, lost: 0 },
  );
});

step('5.2', 'a game counts when it is finished, not before', () => {
  givenLog(question, logOf({ g1: afterMoves('ABABABA') })).thenRows();
});

step('5.2', 'the event says who has won, not the last move', () => {
  givenLog(question, logOf({ g1: [...afterMoves('DD'), finished('player one won')] })).thenRows(
    { player: alice, won: 1, tied: 0, lost: 0 },
    { player: bob, won: 0, tied: 0, lost: 1 },
  );
});

step('5.2', 'the games of a person add up, in both roles', () => {
  const games: Games = {
    g1: [startedBy(alice, bob), finished('player one won')],
    g2: [startedBy(bob, alice), finished('player two won')],
    g3: [startedBy(alice, 'Zoë'), moved(alice, 'A'), finished('player two won')],
    g4: [startedBy('Zoë', alice), finished('tied')],
    g5: afterMoves('DD', ['Zoë', bob]),
  };
  givenLog(question, logOf(games)).thenRows(
    { player: alice, won: 2, tied: 1, lost: 1 },
    { player: 'Zoë', won: 1, tied: 1, lost: 0 },
    { player: bob, won: 0, tied: 0, lost: 2 },
  );
});

step('5.2', 'a game whose beginning is missing changes nothing', () => {
  const games: Games = { g0: [finished('player one won')], g1: [moved(bob, 'A'), finished('tied')] };
  givenLog(question, logOf(games)).thenRows();
  givenLog(question, logOf({ ...games, g2: [startedBy(alice, bob), finished('tied')] })).thenRows(
    { player: alice, won: 0, tied: 1, lost: 0 },
    { player: bob, won: 0, tied: 1, lost: 0 },
  );
});

step('5.2', 'players may have any names', () => {
  givenLog(question, logOf({ g1: [startedBy('constructor', 'toString'), finished('player two won')] })).thenRows(
    { player: 'toString', won: 1, tied: 0, lost: 0 },
    { player: 'constructor', won: 0, tied: 0, lost: 1 },
  );
});

step('5.2', 'all that is remembered is in the tables', () => {
  const others: Games = {
    'g1-2': [...afterMoves('ABABABA', [alice, bob]), finished('player two won')],
    cup: [...afterMoves('CC', ['Zoë', 'Yusuf']), finished('player one won')],
  };
  expectSeparateModels(question, logOf(threeGames), logOf(others));
  expectToGoOn(question, logOf(threeGames), 8);
});

step('5.2', 'for random games, the standings are right', () => {
  forAll(
    anyGames,
    (games) => {
      const standings = new Map<string, { player: string; won: number; tied: number; lost: number }>();
      for (const [start, ...others] of Object.values(games)) {
        const end = others.at(-1);
        if (start?.type !== 'GameStarted' || end?.type !== 'GameFinished') continue;
        const { playerOne, playerTwo } = start.data;
        for (const [player, won] of [[playerOne, 'player one won'] as const, [playerTwo, 'player two won'] as const]) {
          const standing = standings.get(player) ?? { player, won: 0, tied: 0, lost: 0 };
          standing[end.data.result === 'tied' ? 'tied' : end.data.result === won ? 'won' : 'lost'] += 1;
          standings.set(player, standing);
        }
      }
      const sorted = [...standings.values()].toSorted(
        (one, other) => other.won - one.won || other.tied - one.tied || one.player.localeCompare(other.player),
      );
      givenLog(question, logOf(games)).thenRows(...sorted);
    },
    15,
  );
});
