import { randomUUID } from 'node:crypto';

import { expect } from 'vitest';

import type { EventStore } from '../../src/event-store/event-store.ts';
import { advance } from '../../src/tournament/process.ts';
import { tick } from '../../src/tournament/tournament-process.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, pulledStore, untilTheEnd } from '../support/faults.ts';
import { atWrite, expectGames, expectTournament, play, settle, storeWithTournament } from '../support/settling.ts';
import { step } from '../support/step.ts';
import { expectNext, toDoOf } from '../support/to-do.ts';
import {
  cup,
  day,
  later,
  matchForfeited,
  matchWon,
  minute,
  noon,
  tournamentStarted,
  tournamentWon,
  winForOne,
} from '../support/tournament-examples.ts';

const waiting = ['src/tournament/next-command.ts', 'goOn'] as const;

const forfeitByAlice = { type: 'ForfeitMatch', data: { match: 1, by: 'Alice' } } as const;

/** When the last event of a game after this number of moves was recorded. */
const lastMove = (moves: number) => later(moves * minute);

step('7.5', 'a player who has not moved for a day loses the match', () => {
  expectNext(toDoOf({ letters: 'AABB' }), later(day, lastMove(4)), forfeitByAlice, 'goOn');
  expectNext(toDoOf({ letters: 'AABB' }), later(40 * day, lastMove(4)), forfeitByAlice, 'goOn');
});

step('7.5', 'the player loses whose turn it is', () => {
  const forfeitByAnn = { type: 'ForfeitMatch', data: { match: 2, by: ' Ann ' } } as const;
  const toDo = toDoOf({ match: 2, players: ['Zoë', ' Ann '], letters: 'AAB' });
  expectNext(toDo, later(day, lastMove(3)), forfeitByAnn, 'goOn');
});

step('7.5', 'player one loses a game without any move', () => {
  expectNext(toDoOf({ letters: '' }), later(day, lastMove(0)), forfeitByAlice, 'goOn');
});

step('7.5', 'until the day is over, nothing happens', () => {
  expectNext(toDoOf({ letters: 'AABB' }), later(day, lastMove(4)), forfeitByAlice, 'goOn');
  expectNext(toDoOf({ letters: 'AABB' }), later(day - 1, lastMove(4)), undefined, 'goOn');
  expectNext(toDoOf({ letters: 'AABB' }), lastMove(4), undefined, 'goOn');
});

step('7.5', 'the day begins with the last move, not with the start of the game', () => {
  const forfeitByBob = { type: 'ForfeitMatch', data: { match: 1, by: 'Bob' } } as const;
  expectNext(toDoOf({ letters: 'AABBA' }), later(day, lastMove(5)), forfeitByBob, 'goOn');
  expectNext(toDoOf({ letters: 'AABBA' }), later(day, lastMove(1)), undefined, 'goOn');
});

step('7.5', 'a game that is over, or has not started, is not lost by time', () => {
  expectNext(toDoOf({ letters: 'AABB' }), later(day, lastMove(4)), forfeitByAlice, 'goOn');
  const won = toDoOf({ letters: winForOne, result: 'player one won' });
  expectNext(won, later(9 * day), { type: 'RecordWin', data: { match: 1, winner: 'Alice' } }, 'nextCommand');
  const start = { type: 'StartGame', data: { playerOne: 'Alice', playerTwo: 'Bob' } } as const;
  expectNext(toDoOf({}), later(9 * day), start, 'nextCommand');
});

step('7.5', 'no timer is set: it would be gone when the program ends', async () => {
  const timers: number[] = [];
  const { setTimeout: realTimer } = globalThis;
  globalThis.setTimeout = ((callback: () => void, ms = 0) => {
    timers.push(ms);
    return realTimer(callback, 0);
  }) as typeof realTimer;
  try {
    expectNext(toDoOf({ letters: 'AABB' }), later(day - 1, lastMove(4)), undefined, 'goOn');
    expectNext(toDoOf({ letters: 'AABB' }), later(day, lastMove(4)), forfeitByAlice, 'goOn');
  } finally {
    globalThis.setTimeout = realTimer;
  }
  const [ms] = timers;
  if (ms === undefined) return;
  const problem = `A timer of ${ms} ms was set. It is gone when the program ends. Compare the time with now instead.`;
  throw new WrongAnswerError(problem, placeOf(...waiting));
});

step('7.5', 'the time is asked again at each tick', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  // The two games have started one and two minutes after noon.
  await tick(store, later(day));
  await expectTournament(store, [tournamentStarted()], waiting);
  const lost = [matchForfeited(1, 'Alice', 'Bob'), matchForfeited(2, 'Carol', 'Dave')];
  await tick(store, later(day + minute));
  await expectTournament(store, [tournamentStarted(), ...lost.slice(0, 1)], waiting);
  await tick(store, later(day + 2 * minute));
  await expectTournament(store, [tournamentStarted(), ...lost], waiting);
});

step('7.5', 'a tournament that cannot be read is named, and the others go on', async () => {
  const store = await storeWithTournament(tournamentStarted());
  const unknown = { id: randomUUID(), type: 'TournamentMoved', data: {} };
  await store.appendToStream('tournament-broken', [unknown], { expectedRevision: 'no_stream' });
  await tick(store, noon);
  const problems = await tick(store, later(day + 3 * minute));
  expect(problems).toEqual([
    'Revision 0 of the stream "tournament-broken" (TournamentMoved) cannot be read: unknown event type.',
  ]);
  const lost = [matchForfeited(1, 'Alice', 'Bob'), matchForfeited(2, 'Carol', 'Dave')];
  await expectTournament(store, [tournamentStarted(), ...lost], waiting);
});

step('7.5', 'a final is forfeited, too, and a program that ends at any moment forfeits each match once', async () => {
  await atEveryEnd(async (plug, write) => {
    const store = await storeWithTournament(tournamentStarted());
    await settle(store);
    await play(store, 'cup-match-1', 'ABC');
    for (const now of [later(day + 5 * minute), later(2 * day)]) {
      await untilTheEnd(plug, () => tickUntilQuiet(pulledStore(store, plug), now));
      await tickUntilQuiet(store, now);
    }
    const lost = [matchForfeited(1, 'Bob', 'Alice'), matchForfeited(2, 'Carol', 'Dave')];
    const final = [matchForfeited(3, 'Alice', 'Dave'), tournamentWon('Dave')];
    await expectTournament(store, [tournamentStarted(), ...lost, ...final], waiting).catch(atWrite(write));
  });
});

step('7.5', 'a game that goes on after its match was forfeited changes nothing', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await play(store, 'cup-match-2', winForOne);
  await settle(store, { now: later(day + minute) });
  const expected = [tournamentStarted(), matchForfeited(1, 'Alice', 'Bob'), matchWon(2, 'Carol')];
  await expectTournament(store, expected, waiting);
  await play(store, 'cup-match-1', winForOne);
  await settle(store);
  await expectTournament(store, expected, waiting);
  const games = ['cup-match-1: Alice, Bob', 'cup-match-2: Carol, Dave', 'cup-match-3: Bob, Carol'];
  await expectGames(store, games, waiting);
});

/** What follows from a tick is done at the next one. */
async function tickUntilQuiet(store: EventStore, now: Date): Promise<void> {
  for (let count = 0; count < 3; count += 1) await advance(store, cup, now);
}
