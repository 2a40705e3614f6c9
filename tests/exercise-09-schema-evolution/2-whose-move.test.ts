import { fromV1 } from '../../src/upcasting/from-v1.ts';
import { pairs } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { portrait } from '../support/frozen.ts';
import { asRecorded, writtenBy } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { anyWriting, expectEvents, historyOf, inFile, listOf } from '../support/upcasting.ts';

const { place, wrong } = inFile('from-v1', 'fromV1');

step('9.2', 'the players move in turn, and player one begins', () => {
  for (const players of pairs) {
    const history = historyOf('DDECC', players);
    const stored = asRecorded(writtenBy(history, { versions: [1] }));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place);
  }
});

step('9.2', 'the winner is a name: yellow is player one, and red is player two', () => {
  for (const players of [...pairs, ['red', 'yellow'], ['constructor', '__proto__']] as const) {
    for (const letters of ['ABABABA', 'CABABABA', 'AAEAGAGA']) {
      const history = historyOf(letters, players);
      const stored = asRecorded(writtenBy(history, { versions: [1] }));
      expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place);
    }
  }
});

step('9.2', 'events of version 2 stay, whatever the players are called', () => {
  for (const players of [
    ['red', 'yellow'],
    ['yellow', 'red'],
    ['constructor', 'toString'],
  ] as const) {
    for (const letters of ['ABABABA', 'AAEAGAGA']) {
      const history = writtenBy(historyOf(letters, players), { versions: [2] });
      const stored = asRecorded(history);
      expectEvents(fromV1(stored), stored, history, place, 'Version 2 has written this game, and it stores names.');
    }
  }
});

step('9.2', 'a game that two versions have written: each move counts', () => {
  forAll(anyWriting(1, 2), ({ history, writing }) => {
    const { versions } = writing;
    const stored = asRecorded(writtenBy(history, { versions }));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place, `Versions ${versions.join()}.`);
  });
});

step('9.2', 'moves of later versions count, too, and stay as they are', () => {
  const history = historyOf('DDECCBA', ['Ann', 'Ben']);
  const stored = asRecorded(writtenBy(history, { versions: [3, 3, 3, 'today', 1] }));
  const wanted = writtenBy(history, { versions: [3, 3, 3, 'today', 2] });
  expectEvents(fromV1(stored), stored, wanted, place, 'Today has moved, and then an old program that still runs.');
});

step('9.2', 'one game does not depend on another one', () => {
  const [one, other] = [historyOf('DDE', ['Ann', 'Ben']), historyOf('AB', ['Zoë', 'Yusuf'])];
  for (const history of [one, other, one, other]) {
    const stored = asRecorded(writtenBy(history, { versions: [1] }));
    expectEvents(fromV1(stored), stored, writtenBy(history, { versions: [2] }), place, 'Games one after the other.');
  }
});

step('9.2', 'an event depends on earlier events alone: the beginning of a game is read as in the whole game', () => {
  const stored = asRecorded(writtenBy(historyOf('AAEAGAGA', ['Ann', 'Ben']), { versions: [1] }));
  const whole = listOf(fromV1(stored), place);
  for (let length = 0; length <= stored.length; length += 1) {
    const part = listOf(fromV1(stored.slice(0, length)), place);
    if (portrait(part) === portrait(whole.slice(0, length))) continue;
    throw wrong(`The first ${length} events of a game are read in another way when later events are there.`);
  }
});

step('9.2', 'further fields and metadata survive', () => {
  const stored = asRecorded([
    { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } },
    { type: 'MoveMade', data: { column: 3, thoughtFor: 12 }, metadata: { correlationId: 'c-7' } },
    { type: 'GameWon', data: { winner: 'yellow', inFrontOf: ['Cem'] }, metadata: { from: 'the club' } },
  ]);
  const wanted = [
    { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } },
    { type: 'MoveMade', data: { column: 3, thoughtFor: 12, player: 'Ann' } },
    { type: 'GameWon', data: { winner: 'Ann', inFrontOf: ['Cem'] } },
  ];
  expectEvents(fromV1(stored), stored, wanted, place);
});

step('9.2', 'a winner that is not a color stays, so that its reader is told', () => {
  for (const winner of ['blue', 'Yellow', 'toString', '', null, 2]) {
    const start = { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } };
    const end = { type: 'GameWon', data: { winner } };
    const stored = asRecorded([start, { type: 'MoveMade', data: { column: 3 } }, end]);
    const wanted = [start, { type: 'MoveMade', data: { column: 3, player: 'Ann' } }, end];
    expectEvents(fromV1(stored), stored, wanted, place, 'Version 1 knows the colors yellow and red.');
  }
});

step('9.2', 'events of other types stay', () => {
  const events = [
    { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } },
    { type: 'TableShaken', data: { column: 3, winner: 'red' } },
    { type: 'GameTied', data: {} },
  ];
  const stored = asRecorded(events);
  expectEvents(fromV1(stored), stored, events, place);
});
