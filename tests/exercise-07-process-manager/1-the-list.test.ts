import fc from 'fast-check';

import type { Pair } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { step } from '../support/step.ts';
import { expectToDo, type Entry } from '../support/to-do.ts';
import {
  eight,
  four,
  matchForfeited,
  matchHalted,
  matchTied,
  matchWon,
  tournamentStarted,
  tournamentWon,
} from '../support/tournament-examples.ts';

const semifinals: readonly Entry[] = [
  { match: 1, players: ['Alice', 'Bob'], because: 0 },
  { match: 2, players: ['Carol', 'Dave'], because: 0 },
];

step('7.1', 'nothing is to be done in a tournament that has not started', () => {
  expectToDo([tournamentStarted()], semifinals, 'started');
  expectToDo([], [], 'started');
});

step('7.1', 'a tournament of four begins with two pairings', () => {
  expectToDo([tournamentStarted(four)], semifinals, 'started');
});

step('7.1', 'a tournament of eight begins with four pairings', () => {
  const expected = [0, 1, 2, 3].map((index) => ({
    match: index + 1,
    players: [eight[2 * index], eight[2 * index + 1]] as unknown as Pair,
    because: 0,
  }));
  expectToDo([tournamentStarted(eight)], expected, 'started');
});

step('7.1', 'the players meet in the order of the list, whatever their names are', () => {
  const players = ['Zoë', 'constructor', '1', ' Ann '];
  const expected: readonly Entry[] = [
    { match: 1, players: ['Zoë', 'constructor'], because: 0 },
    { match: 2, players: ['1', ' Ann '], because: 0 },
  ];
  expectToDo([tournamentStarted(players)], expected, 'started');
});

step('7.3', 'a match that is won is off the list, and its winner waits for an opponent', () => {
  expectToDo([tournamentStarted(), matchWon(1, 'Bob')], semifinals.slice(1), 'won');
  expectToDo([tournamentStarted(), matchWon(2, 'Dave')], semifinals.slice(0, 1), 'won');
});

step('7.3', 'the second winner opens the final', () => {
  const events = [tournamentStarted(), matchWon(1, 'Bob'), matchWon(2, 'Carol')];
  expectToDo(events, [{ match: 3, players: ['Bob', 'Carol'], because: 2 }], 'won');
});

step('7.3', 'the order in which matches end does not change who is player one', () => {
  const events = [tournamentStarted(), matchWon(2, 'Carol'), matchWon(1, 'Bob')];
  expectToDo(events, [{ match: 3, players: ['Bob', 'Carol'], because: 2 }], 'won');
});

step('7.3', 'after the final, nothing is to be done', () => {
  const events = [tournamentStarted(), matchWon(1, 'Bob'), matchWon(2, 'Carol'), matchWon(3, 'Bob')];
  expectToDo([...events, tournamentWon('Bob')], [], 'won');
});

step('7.3', 'in a tournament of eight, winners wait for their neighbors only', () => {
  const events = [tournamentStarted(eight), matchWon(1, 'Alice'), matchWon(3, 'Frank'), matchWon(4, 'Grace')];
  const expected: readonly Entry[] = [
    { match: 2, players: ['Carol', 'Dave'], because: 0 },
    { match: 6, players: ['Frank', 'Grace'], because: 3 },
  ];
  expectToDo(events, expected, 'won');
});

step('7.3', 'the list is right after each event of random tournaments', () => {
  const choices = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 7, maxLength: 7 });
  forAll(choices, (all) => {
    const events = [tournamentStarted(eight)];
    for (const [choice, isFirst] of all) {
      const open = openByHand(events);
      expectToDo(events, open, 'won');
      const entry = open[choice % open.length];
      if (entry === undefined) throw new Error('a tournament of eight has seven matches');
      events.push(matchWon(entry.match, entry.players[isFirst ? 0 : 1]));
    }
    expectToDo(events, [], 'won');
  });
});

step('7.4', 'a match that ends in a draw stays on the list, and counts its draws', () => {
  const once = [tournamentStarted(), matchTied(1, 'cup-match-1')];
  const [first, second] = semifinals as readonly [Entry, Entry];
  expectToDo(once, [{ ...first, draws: 1, because: 1 }, second], 'tied');
  const twice = [...once, matchTied(1, 'cup-match-1-replay-1')];
  expectToDo(twice, [{ ...first, draws: 2, because: 2 }, second], 'tied');
});

step('7.4', 'a winner moves on after draws, and a final begins without any', () => {
  const events = [tournamentStarted(), matchTied(1, 'cup-match-1'), matchWon(1, 'Bob'), matchTied(2, 'cup-match-2')];
  expectToDo(events, [{ match: 2, players: ['Carol', 'Dave'], draws: 1, because: 3 }], 'tied');
  const final = [...events, matchWon(2, 'Dave')];
  expectToDo(final, [{ match: 3, players: ['Bob', 'Dave'], because: 4 }], 'tied');
});

step('7.5', 'the winner of a match that was forfeited moves on', () => {
  const events = [tournamentStarted(), matchForfeited(1, 'Alice', 'Bob'), matchWon(2, 'Carol')];
  expectToDo(events, [{ match: 3, players: ['Bob', 'Carol'], because: 2 }], 'won');
});

step('7.7', 'a match that a person has to decide is off the list', () => {
  const events = [tournamentStarted(), matchHalted(1, 'Each player needs a name.')];
  expectToDo(events, semifinals.slice(1), 'halted');
  const decided = [...events, matchWon(2, 'Dave'), matchWon(1, 'Bob')];
  expectToDo(decided, [{ match: 3, players: ['Bob', 'Dave'], because: 3 }], 'halted');
});

/** What is open in a tournament of eight, worked out without the bracket of the workshop. */
function openByHand(events: readonly ReturnType<typeof matchWon>[]): readonly Entry[] {
  const wins = new Map(
    events.flatMap(({ type, data }, at) => (type === 'MatchWon' ? [[data.match, { ...data, at }]] : [])),
  );
  const neighbors = { 5: [1, 2], 6: [3, 4], 7: [5, 6] };
  const firstRound = [1, 2, 3, 4].map((match) => {
    return { match, players: eight.slice(2 * match - 2, 2 * match) as unknown as Pair, because: 0 };
  });
  const laterRounds = Object.entries(neighbors).flatMap(([match, from]) => {
    const [one, two] = from.map((before) => wins.get(before));
    if (one === undefined || two === undefined) return [];
    return [{ match: Number(match), players: [one.winner, two.winner] as const, because: Math.max(one.at, two.at) }];
  });
  return [...firstRound, ...laterRounds].filter(({ match }) => !wins.has(match));
}
