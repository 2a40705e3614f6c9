import { problemOfName } from '../../src/application/player-name.ts';
import { fromV1 } from '../../src/upcasting/from-v1.ts';
import { startedBy } from '../support/examples.ts';
import { portrait } from '../support/frozen.ts';
import { asRecorded, type Stored } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { expectEvents, expectUntouched, inFile, listOf } from '../support/upcasting.ts';

const { place, wrong } = inFile('from-v1', 'fromV1');

step('9.1', 'a game whose second name was not stored gets a name that says so', () => {
  for (const name of ['Ann', 'Zoë', 'constructor', '👩‍🚀']) {
    const second = secondNameBeside(name);
    if (typeof second !== 'string' || second.trim() === '')
      throw wrong(`The second player of "${name}" needs a name that is not empty, but player2 is ${portrait(second)}.`);
    if (!second.includes('not recorded'))
      throw wrong(
        `Nobody knows who played against "${name}", and the name "${second}" does not say so. Let it contain the words "not recorded".`,
      );
    const problem = problemOfName(second);
    if (problem !== undefined) throw wrong(`The program does not take the name "${second}": ${problem}`);
  }
});

step('9.1', 'the default is always the same, for every game and at any time', () => {
  const names = new Set(['Ann', 'Ben', 'Ann'].map(secondNameBeside));
  if (names.size > 1) throw wrong(`The default has to be the same each time, but it was ${[...names].join(', and ')}.`);
});

step('9.1', 'the two players of a game have different names, whatever the first one is called', () => {
  const usual = String(secondNameBeside('Ann'));
  for (const name of [usual, `${usual} 2`, usual.toUpperCase()]) {
    if (secondNameBeside(name) === name)
      throw wrong(`Player one is called "${name}", and player two would be, too. Then all tokens have one color.`);
  }
});

step('9.1', 'a second name that was stored stays', () => {
  for (const data of [
    { player1: 'Ann', player2: 'Ben' },
    { player1: 'Ben', player2: 'Zoë' },
  ]) {
    const stored = asRecorded([{ type: 'GameStarted', data }]);
    expectEvents(fromV1(stored), stored, [{ type: 'GameStarted', data }], place, 'Both names were stored.');
  }
});

step('9.1', 'later versions of the event stay as they are', () => {
  const stored = asRecorded([startedBy('Ann', 'Ben')]);
  expectEvents(fromV1(stored), stored, [startedBy('Ann', 'Ben')], place, 'Version 3 has written this.');
});

step('9.1', 'further fields, metadata, id and time survive', () => {
  const data = { player1: 'Ann', table: 7, handicap: { tokens: [1] } };
  const stored = asRecorded([{ type: 'GameStarted', data, metadata: { correlationId: 'c-1', from: 'the club' } }]);
  const [event] = listOf(fromV1(stored), place);
  const [original] = stored;
  if (event === undefined || original === undefined) throw wrong('The event is lost.');
  expectUntouched(event, original, place);
  const { player2, ...others } = event.data as Record<string, unknown>;
  if (player2 === undefined) throw wrong('The event has no player2.');
  if (portrait(others) !== portrait(data))
    throw wrong(`All other fields have to survive. Stored were ${portrait(data)}, and left are ${portrait(others)}.`);
});

function secondNameBeside(player1: string): unknown {
  const stored: Stored = { type: 'GameStarted', data: { player1 } };
  const [event] = listOf(fromV1(asRecorded([stored])), place);
  return (event?.data as { player2?: unknown } | undefined)?.player2;
}
