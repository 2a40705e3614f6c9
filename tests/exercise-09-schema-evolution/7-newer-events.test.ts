import { loadGame } from '../../src/application/game-commands.ts';
import { handle } from '../../src/application/game-commands.ts';
import { UnreadableEventError } from '../../src/application/game-event-codec.ts';
import type { NewEvent } from '../../src/event-store/event-store.ts';
import { asToday } from '../../src/upcasting/as-today.ts';
import { mayBeSkipped, onlyKnown } from '../../src/upcasting/newer-events.ts';
import { move } from '../support/example-moves.ts';
import { startedBy } from '../support/examples.ts';
import { portrait } from '../support/frozen.ts';
import { mixedLog, rebuiltRows } from '../support/mixed-logs.ts';
import { asRecorded, type Stored } from '../support/old-versions.ts';
import { step } from '../support/step.ts';
import { historyOf, inFile, listOf } from '../support/upcasting.ts';

const marking = inFile('newer-events', 'mayBeSkipped');
const { place, wrong } = inFile('newer-events', 'onlyKnown');

step('9.7', 'an event may be skipped when its writer says so, and in no other case', () => {
  for (const [metadata, wanted] of [
    [{ ifUnknown: 'skip' }, true],
    [{ ifUnknown: 'skip', correlationId: 'c-1' }, true],
    [{ ifUnknown: 'stop' }, false],
    [{ ifUnknown: true }, false],
    [{ ifUnknown: null }, false],
    [{ skip: 'ifUnknown' }, false],
    [{}, false],
    [null, false],
    ['skip', false],
  ] as const) {
    const [event] = asRecorded([{ type: 'ReactionSent', data: { ifUnknown: 'skip' } }]);
    if (event === undefined) throw new Error('There is no event.');
    const answer = mayBeSkipped({ ...event, metadata });
    if (answer !== wanted)
      throw marking.wrong(
        `An event with the metadata ${portrait(metadata)} ${wanted ? 'may' : 'must not'} be skipped, but the answer is ${portrait(answer)}.`,
      );
  }
});

step('9.7', 'known events are handed on as they are, also when they are marked', () => {
  const events = asRecorded(historyOf('ABABABA', ['Ann', 'Ben']).map((one) => ({ ...one, metadata: skippable })));
  if (portrait(onlyKnown(events)) !== portrait(events)) throw wrong('Known events must be handed on, all of them.');
});

step('9.7', 'a marked event of an unknown type is left out, and the others stay', () => {
  const [start, unknown, first] = asRecorded([
    startedBy('Ann', 'Ben'),
    { type: 'ReactionSent', data: { face: 'smile' }, metadata: skippable },
    { type: 'MoveMade', data: { player: 'Ann', column: 'D' } },
  ]);
  const found = listOf(onlyKnown([start, unknown, first].flatMap((one) => one ?? [])), place);
  if (portrait(found) !== portrait([start, first]))
    throw wrong(`Left are ${found.map(({ type }) => type).join(', ')}, and it has to be GameStarted, MoveMade.`);
});

step(
  '9.7',
  'any other event of an unknown type stops its reader, and the error says which, where, and what to do',
  () => {
    for (const type of ['MoveTakenBack', 'constructor', 'gamestarted', 'GameWon']) {
      const events = asRecorded([startedBy('Ann', 'Ben'), { type, data: {} }], 'game-g7');
      const error = errorOf(() => onlyKnown(events));
      if (!(error instanceof UnreadableEventError))
        throw wrong(
          `This program does not know ${type}: an UnreadableEventError must be thrown, but it was ${error instanceof Error ? `${error.name}: ${error.message}` : portrait(error)}.`,
        );
      if (error.type !== type || error.stream !== 'game-g7' || error.revision !== 1n)
        throw wrong(`The error has to name ${type}, game-g7 and revision 1, but says: ${error.message}`);
      if (!/update/i.test(error.message))
        throw wrong(`The error has to say what to do, "update this program", but says only: ${error.message}`);
    }
  },
);

step('9.7', 'a game with an event that nobody may skip cannot be loaded, and others can', async () => {
  const raw = await mixedLog();
  await raw.appendToStream('game-new', [newer('MoveTakenBack', {})], { expectedRevision: 'any' });
  const store = asToday(raw);
  await loadGame(store, 'old');
  const error = await loadGame(store, 'new').then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UnreadableEventError))
    throw wrong('A newer program has taken back a move. The game was loaded without that, so its board is wrong.');
});

step('9.7', 'a game goes on after an event that may be skipped, also when it is the last one', async () => {
  const raw = await mixedLog();
  const reaction = () => newer('ReactionSent', skippable);
  await raw.appendToStream('game-mixed', [reaction(), reaction()], { expectedRevision: 'any' });
  const store = asToday(raw);
  await handle(store, 'mixed', move('Ann', 'G'));
  await raw.appendToStream('game-mixed', [reaction()], { expectedRevision: 'any' });
  await handle(store, 'mixed', move('red', 'G'));
  const types = (await raw.readStream('game-mixed')).slice(-5).map(({ type }) => type);
  const wanted = ['ReactionSent', 'ReactionSent', 'MoveMade', 'ReactionSent', 'MoveMade'];
  if (types.join() !== wanted.join())
    throw wrong(`The stream ends with ${types.join(', ')}, not ${wanted.join(', ')}.`);
});

step('9.7', 'read models leave out what may be skipped', async () => {
  const raw = await mixedLog();
  const before = await rebuiltRows(asToday(raw));
  await raw.appendToStream('game-old', [newer('ReactionSent', skippable)], { expectedRevision: 'any' });
  await raw.appendToStream('game-odd', [newer('ReactionSent', skippable)], { expectedRevision: 'any' });
  const after = await rebuiltRows(asToday(raw));
  if (after !== before) throw marking.wrong(`The rows have changed.\n\nExpected\n${before}\n\nBut\n${after}\n`);
});

const skippable = { ifUnknown: 'skip' };

function newer(type: string, metadata: NonNullable<NewEvent['metadata']>): NewEvent & Stored {
  return { id: crypto.randomUUID(), type, data: { face: 'smile' }, metadata };
}

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
