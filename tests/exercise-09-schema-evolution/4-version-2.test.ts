import { columns } from '../../src/domain/index.ts';
import { fromV2 } from '../../src/upcasting/from-v2.ts';
import { startedBy } from '../support/examples.ts';
import { forAll } from '../support/for-all.ts';
import { asRecorded, writtenBy } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { anyWriting, expectEvents, inFile } from '../support/upcasting.ts';

const { place } = inFile('from-v2', 'fromV2');

step('9.4', 'the players have their names of today', () => {
  const stored = asRecorded([{ type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben' } }]);
  expectEvents(fromV2(stored), stored, [startedBy('Ann', 'Ben')], place);
});

step('9.4', 'the columns are letters: 0 is A, and 6 is G', () => {
  columns.forEach((letter, column) => {
    const stored = asRecorded([{ type: 'MoveMade', data: { player: 'Ann', column } }]);
    expectEvents(fromV2(stored), stored, [{ type: 'MoveMade', data: { player: 'Ann', column: letter } }], place);
  });
});

step('9.4', 'a column that no board has stays, so that its reader is told', () => {
  for (const column of [7, -1, 1.5, 1000]) {
    const move = { type: 'MoveMade', data: { player: 'Ann', column } };
    const stored = asRecorded([move]);
    expectEvents(fromV2(stored), stored, [move], place, `There is no column ${column}.`);
  }
});

step('9.4', 'random games that two versions have written', () => {
  forAll(anyWriting(2, 3), ({ history, writing: { versions } }) => {
    const stored = asRecorded(writtenBy(history, { versions }));
    expectEvents(fromV2(stored), stored, writtenBy(history, { versions: [3] }), place);
  });
});

step('9.4', 'events of today stay', () => {
  forAll(anyWriting('today'), ({ history }) => {
    const todays = writtenBy(history, { versions: ['today'] });
    const stored = asRecorded(todays);
    expectEvents(fromV2(stored), stored, todays, place);
  });
});

step('9.4', 'further fields and metadata survive', () => {
  const stored = asRecorded([
    { type: 'GameStarted', data: { player1: 'Ann', player2: 'Ben', table: 7 }, metadata: { from: 'the club' } },
    { type: 'MoveMade', data: { player: 'Ann', column: 2, thoughtFor: 12 }, metadata: { correlationId: 'c-1' } },
    { type: 'TableShaken', data: { column: 2, player1: 'Ann' } },
  ]);
  const wanted = [
    { type: 'GameStarted', data: { playerOne: 'Ann', playerTwo: 'Ben', table: 7 } },
    { type: 'MoveMade', data: { player: 'Ann', column: 'C', thoughtFor: 12 } },
    { type: 'TableShaken', data: { column: 2, player1: 'Ann' } },
  ];
  expectEvents(fromV2(stored), stored, wanted, place);
});
