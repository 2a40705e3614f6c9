import type { EventStore } from '../../src/event-store/event-store.ts';
import { openModel, type Model } from '../../src/read-models/model.ts';
import { parkedIn } from '../../src/subscriptions/parked.ts';
import { runSubscriber } from '../../src/subscriptions/run-subscriber.ts';
import { tournamentProcess } from '../../src/tournament/tournament-process.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, delivering, pulledModel, pulledStore, untilTheEnd, type Plug } from '../support/faults.ts';
import { tiedGame } from '../support/games.ts';
import {
  atWrite,
  expectGames,
  expectTournament,
  play,
  settle,
  storeWithTournament,
  type Coming,
} from '../support/settling.ts';
import { step } from '../support/step.ts';
import { expectNext, toDoOf } from '../support/to-do.ts';
import {
  eight,
  matchTied,
  matchWon,
  later,
  minute,
  noon,
  tournamentStarted,
  tournamentWon,
  winForOne,
  winForTwo,
} from '../support/tournament-examples.ts';

const moving = ['src/tournament/process.ts', 'advance'] as const;

const soon = later(60 * minute);

/** What the people play: the second match ends first. */
const games = [
  ['cup-match-2', winForTwo],
  ['cup-match-1', winForOne],
  ['cup-match-3', winForTwo],
] as const;
const wholeTournament = [
  tournamentStarted(),
  matchWon(2, 'Dave'),
  matchWon(1, 'Alice'),
  matchWon(3, 'Dave'),
  tournamentWon('Dave'),
];
const wholeGames = ['cup-match-1: Alice, Bob', 'cup-match-2: Carol, Dave', 'cup-match-3: Alice, Dave'];

step('7.3', 'a game that is won gives its match a winner', () => {
  const won = toDoOf({ letters: winForOne, result: 'player one won' });
  expectNext(won, soon, { type: 'RecordWin', data: { match: 1, winner: 'Alice' } }, 'end');
  const lost = toDoOf({ match: 2, players: ['Zoë', ' Ann '], letters: winForTwo, result: 'player two won' });
  expectNext(lost, soon, { type: 'RecordWin', data: { match: 2, winner: ' Ann ' } }, 'end');
});

step('7.3', 'the game names the winner, even if other players were expected', () => {
  const strangers = toDoOf({ letters: winForOne, result: 'player one won', seated: ['Mallory', 'Trudy'] });
  expectNext(strangers, soon, { type: 'RecordWin', data: { match: 1, winner: 'Mallory' } }, 'end');
});

step('7.3', 'a game in progress needs nothing', () => {
  const won = toDoOf({ letters: winForOne, result: 'player one won' });
  expectNext(won, soon, { type: 'RecordWin', data: { match: 1, winner: 'Alice' } }, 'end');
  expectNext(toDoOf({ letters: 'AABB' }), soon, undefined, 'goOn');
});

step('7.3', 'when both semifinals are over, the final starts', async () => {
  const store = await storeWithTournament(tournamentStarted());
  await settle(store);
  await play(store, 'cup-match-2', winForTwo);
  await settle(store);
  await expectTournament(store, [tournamentStarted(), matchWon(2, 'Dave')], moving);
  await play(store, 'cup-match-1', winForOne);
  await settle(store);
  await expectGames(store, wholeGames, moving);
});

step('7.3', 'a tournament plays itself on to its end', async () => {
  await expectToEnd({});
});

step('7.3', 'events that come twice change nothing', async () => {
  await expectToEnd({ twice: true });
});

step('7.3', 'events that come in another order change nothing', async () => {
  await expectToEnd({ backwards: true });
});

step('7.3', 'an old tournament is read again without a new command', async () => {
  const store = await storeWithTournament(...wholeTournament);
  await settle(store);
  await expectTournament(store, wholeTournament, moving);
  await expectGames(store, [], moving);
});

step('7.3', 'a program that ends at any moment loses no result and records none twice', async () => {
  await atEveryEnd(async (plug, write) => {
    await expectToEnd({}, plug).catch(atWrite(write));
  });
});

step('7.3', 'a subscriber with a checkpoint goes on wherever its program has ended', async () => {
  await atEveryEnd(async (plug, write) => {
    const before = [tournamentStarted(), matchWon(2, 'Dave')];
    const [store, state] = [await storeWithTournament(...before), openModel(':memory:')];
    const work = async () => {
      await untilTheEnd(plug, () => runToEnd(pulledStore(store, plug), pulledModel(state, plug)));
      await runToEnd(store, state);
    };
    await work();
    await play(store, 'cup-match-1', winForOne);
    await work();
    await expectTournament(store, [...before, matchWon(1, 'Alice')], moving).catch(atWrite(write));
    await expectGames(store, ['cup-match-1: Alice, Bob', 'cup-match-3: Alice, Dave'], moving).catch(atWrite(write));
    state.close();
  });
});

step('7.3', 'eight players need three rounds', async () => {
  const store = await storeWithTournament(tournamentStarted(eight));
  await settle(store);
  for (const match of [4, 3, 2, 1, 6, 5, 7]) {
    await play(store, `cup-match-${match}`, winForTwo);
    await settle(store);
  }
  const wins = [matchWon(4, 'Heidi'), matchWon(3, 'Frank'), matchWon(2, 'Dave'), matchWon(1, 'Bob')];
  const later = [matchWon(6, 'Heidi'), matchWon(5, 'Dave'), matchWon(7, 'Heidi'), tournamentWon('Heidi')];
  await expectTournament(store, [tournamentStarted(eight), ...wins, ...later], moving);
});

step('7.4', 'a game that ends in a draw is recorded as a draw', () => {
  const tied = toDoOf({ letters: tiedGame, result: 'tied' });
  expectNext(tied, soon, { type: 'RecordDraw', data: { match: 1, game: 'cup-match-1' } }, 'end');
  const again = toDoOf({ match: 3, draws: 2, letters: tiedGame, result: 'tied' });
  expectNext(again, soon, { type: 'RecordDraw', data: { match: 3, game: 'cup-match-3-replay-2' } }, 'end');
});

step('7.4', 'after a draw, the same players play another game', async () => {
  await atEveryEnd(async (plug, write) => {
    const store = await storeWithTournament(tournamentStarted());
    for (const [gameId, letters] of [...twoDraws, ['cup-match-1-replay-2', winForTwo]] as const) {
      await untilTheEnd(plug, () => settle(pulledStore(store, plug), { twice: true }));
      await settle(store);
      await play(store, gameId, letters);
    }
    await settle(store);
    const draws = twoDraws.map(([gameId]) => matchTied(1, gameId));
    const expected = [tournamentStarted(), ...draws, matchWon(1, 'Bob')];
    await expectTournament(store, expected, moving).catch(atWrite(write));
    const replays = ['cup-match-1-replay-1: Alice, Bob', 'cup-match-1-replay-2: Alice, Bob'];
    await expectGames(store, [...wholeGames.slice(0, 2), ...replays], moving).catch(atWrite(write));
  });
});

/** Runs the process as a subscriber of exercise 6, until nothing new happens. */
async function runToEnd(store: EventStore, state: Model): Promise<void> {
  const process = tournamentProcess(store, () => noon);
  for (let before: bigint | undefined = -1n; state.checkpoint?.position !== before;) {
    before = state.checkpoint?.position;
    await runSubscriber(delivering(store), process, state, { pause: async () => undefined });
  }
  const [parked] = parkedIn(state);
  if (parked === undefined) return;
  const problem = `The process has failed, and ${parked.type} in "${parked.stream}" is parked: ${parked.reason}`;
  throw new WrongAnswerError(problem, placeOf(...moving));
}

const twoDraws = [
  ['cup-match-1', tiedGame],
  ['cup-match-1-replay-1', tiedGame],
] as const;

/** Plays a whole tournament. A program that the plug ends is started again without it. */
async function expectToEnd(coming: Coming, plug?: Plug): Promise<void> {
  const store = await storeWithTournament(tournamentStarted());
  const work = async () => {
    if (plug !== undefined) await untilTheEnd(plug, () => settle(pulledStore(store, plug), coming));
    await settle(store, coming);
  };
  for (const [gameId, letters] of games) {
    await work();
    await play(store, gameId, letters);
  }
  await work();
  await expectTournament(store, wholeTournament, moving);
  await expectGames(store, wholeGames, moving);
}
