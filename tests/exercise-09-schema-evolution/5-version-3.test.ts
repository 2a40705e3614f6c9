import { fromV3 } from '../../src/upcasting/from-v3.ts';
import { finished } from '../support/example-moves.ts';
import { pairs, startedBy } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { asRecorded, writtenBy } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { anyWriting, expectEvents, historyOf, inFile } from '../support/upcasting.ts';

const { place } = inFile('from-v3', 'fromV3');

step('9.5', 'the result says which player has won', () => {
  for (const players of [...pairs, ['constructor', '__proto__'], ['yellow', 'red'], ['tied', '0']] as const) {
    for (const letters of ['ABABABA', 'AAEAGAGA']) {
      const history = historyOf(letters, players);
      const stored = asRecorded(writtenBy(history, { versions: [3] }));
      expectEvents(fromV3(stored), stored, writtenBy(history, { versions: ['today'] }), place);
    }
  }
});

step('9.5', 'a tied game is finished, too', () => {
  const stored = asRecorded([startedBy('Ann', 'Ben'), { type: 'GameTied', data: {} }]);
  expectEvents(fromV3(stored), stored, [startedBy('Ann', 'Ben'), finished('tied')], place);
});

step('9.5', 'a winner who does not play in this game stays, so that its reader is told', () => {
  const events = [startedBy('Ann', 'Ben'), { type: 'GameWon', data: { winner: 'Zoë' } }];
  const stored = asRecorded(events);
  expectEvents(fromV3(stored), stored, events, place, 'Zoë does not play in this game.');
});

step('9.5', 'one game does not depend on another one', () => {
  for (const players of [
    ['Ann', 'Ben'],
    ['Ben', 'Ann'],
    ['Ann', 'Ben'],
  ] as const) {
    const history = historyOf('ABABABA', players);
    const stored = asRecorded(writtenBy(history, { versions: [3] }));
    expectEvents(fromV3(stored), stored, writtenBy(history, { versions: ['today'] }), place);
  }
});

step('9.5', 'random games that version 3 and today have written', () => {
  forAll(anyWriting(3, 'today'), ({ history, writing: { versions } }) => {
    const stored = asRecorded(writtenBy(history, { versions }));
    expectEvents(fromV3(stored), stored, writtenBy(history, { versions: ['today'] }), place);
  });
});

step('9.5', 'further fields and metadata survive', () => {
  const stored = asRecorded([
    { ...startedBy('Ann', 'Ben'), metadata: { from: 'the club' } },
    { type: 'GameWon', data: { winner: 'Ben', inFrontOf: ['Cem'] }, metadata: { correlationId: 'c-1' } },
  ]);
  const wanted = [
    startedBy('Ann', 'Ben'),
    { type: 'GameFinished', data: { inFrontOf: ['Cem'], result: 'player two won' } },
  ];
  expectEvents(fromV3(stored), stored, wanted, place);
  const tied = asRecorded([startedBy('Ann', 'Ben'), { type: 'GameTied', data: { moves: 42 } }]);
  const alsoWanted = [startedBy('Ann', 'Ben'), { type: 'GameFinished', data: { moves: 42, result: 'tied' } }];
  expectEvents(fromV3(tied), tied, alsoWanted, place);
});
