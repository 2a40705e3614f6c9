import { randomBytes } from 'node:crypto';

import { loadGame } from '../../src/application/game-commands.ts';
import { fold, type Game } from '../../src/domain/index.ts';
import { InMemoryEventStore } from '../../src/event-store/in-memory.ts';
import { seal } from '../../src/privacy/cipher.ts';
import { personOf, rotate, substituteFor, type PersonState } from '../../src/privacy/people.ts';
import { hideNames } from '../../src/pseudonyms/hide-names.ts';
import { withoutNames } from '../../src/pseudonyms/without-names.ts';
import { afterMoves } from '../support/example-moves.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { forAllAsync } from '../support/for-all.ts';
import { club, filesOf, openedAgain, readOnly, type Club } from '../support/privacy.ts';
import { anyMoves } from '../support/random-games.ts';
import { step } from '../support/step.ts';
import { asStored } from '../support/stores.ts';

const at = new Date('2026-05-04T12:00:00Z');

step('11.3', 'the name of a person who has a key is read', () => {
  for (const name of ['Ann', 'Zoë', '🦊', ' x '])
    expectRead(club('Bob', name), 1, 'has a key', name, `${name} has a key.`);
});

step('11.3', 'a person whose key was forgotten is a forgotten player', () => {
  const made = club('Ann', 'Bob');
  made.people.keys.forget(made.ids[0] ?? '', at);
  expectRead(made, 0, 'forgotten', undefined, 'The key of Ann was forgotten.');
  expectRead(made, 1, 'has a key', 'Bob', 'The key of Ann was forgotten, and not that of Bob.');
});

for (const [what, text] of [
  ['is gone', undefined],
  ['is empty', ''],
  ['is damaged', '{"keys":["'],
  ['has nothing in it', '{}'],
] as const) {
  step('11.3', `a person whose key file ${what} was not forgotten: the key is missing`, () => {
    const made = club('Ann', 'Bob');
    if (text === undefined) made.texts.delete(made.ids[0] ?? '');
    else made.texts.set(made.ids[0] ?? '', text);
    expectRead(made, 0, 'missing', undefined, `The key file of Ann ${what}. Nobody has forgotten her.`);
    expectRead(made, 1, 'has a key', 'Bob', 'The key of Bob is there.');
  });
}

step('11.3', 'when the whole folder of the keys is lost, nobody was forgotten by that', () => {
  const made = club('Ann', 'Bob', 'Carol');
  const [ann = ''] = made.ids;
  made.people.names.set(ann, { id: ann, forgotten: at.toISOString() });
  made.texts.clear();
  expectRead(
    made,
    0,
    'forgotten',
    undefined,
    'Ann was forgotten before, and the names file says so. Then all keys were lost.',
  );
  for (const person of [1, 2]) expectRead(made, person, 'missing', undefined, 'All keys were lost.');
});

step('11.3', 'a backup of one file does not bring a forgotten name back', () => {
  const made = club('Ann');
  const [ann = ''] = made.ids;
  const [text = '', row] = [made.texts.get(ann), made.people.names.get(ann)];
  made.people.names.set(ann, { id: ann, forgotten: at.toISOString() });
  expectRead(made, 0, 'forgotten', undefined, 'Ann was forgotten, and then her key came back from a backup.');
  made.people.keys.forget(ann, at);
  if (row !== undefined) made.people.names.set(ann, row);
  expectRead(made, 0, 'forgotten', undefined, 'Ann was forgotten, and then the names came back from a backup.');
  made.texts.set(ann, text);
  made.people.names.set(ann, { ...(row ?? { id: ann }), forgotten: at.toISOString() });
  expectRead(made, 0, 'forgotten', undefined, 'The names file says that Ann was forgotten.');
});

step('11.3', 'somebody without a row or a key has a missing key', () => {
  const made = club('Ann');
  expectRead({ ...made, ids: ['k3m9x2ab'] }, 0, 'missing', undefined, 'Nothing is known about the id k3m9x2ab.');
});

step('11.3', 'a name that somebody has changed is damaged', () => {
  const made = club('Ann', 'Bob');
  const [ann = '', bob = ''] = made.ids;
  made.people.names.set(ann, { id: ann, sealed: seal('Mallory', Buffer.alloc(32), ann) });
  expectRead(made, 0, 'damaged', undefined, 'The name of Ann was sealed with a key that is not hers.');
  const sealed = made.people.names.get(bob)?.sealed ?? '';
  made.people.names.set(ann, { id: ann, sealed });
  expectRead(made, 0, 'damaged', undefined, 'The sealed name of Bob was put into the row of Ann.');
});

step('11.3', 'while one key replaces another, the name can be read with either', () => {
  const made = club('Ann');
  const [ann = ''] = made.ids;
  const state = made.people.keys.read(ann);
  const old = state.state === 'has a key' ? state.keys : [];
  made.people.keys.replace(ann, [randomBytes(32), ...old]);
  expectRead(made, 0, 'has a key', 'Ann', 'A new key came, and the name was sealed with the old one.');
  const [newer, sealed] = [randomBytes(32), made.people.names.get(ann)?.sealed];
  made.people.keys.replace(ann, [newer, ...old]);
  made.people.names.set(ann, { id: ann, sealed: seal('Ann', newer, ann) });
  expectRead(made, 0, 'has a key', 'Ann', 'A new key came, and the name was sealed with it.');
  made.people.keys.replace(ann, old);
  made.people.names.set(ann, { id: ann, ...(sealed !== undefined && { sealed }) });
  rotate(made.people, ann, randomBytes(32));
  expectRead(made, 0, 'has a key', 'Ann', 'The new key has replaced the old one.');
});

step('11.3', 'reading writes nothing, and makes no key', () => {
  const made = club('Ann', 'Bob', 'Carol');
  const [ann = '', bob = ''] = made.ids;
  made.texts.delete(ann);
  made.people.keys.forget(bob, at);
  const before = JSON.stringify(filesOf(made));
  const { keys, written } = readOnly(made.people.keys);
  for (const id of made.ids) personOf({ ...openedAgain(made), keys }, id);
  if (written.length > 0 || JSON.stringify(filesOf(made)) !== before)
    throw wrong(
      `People were only read, and ${written.join(', ') || 'a row'} was written. With a new key, the old one could never be restored.`,
    );
});

step('11.3', 'two people who are forgotten in one game stay two: board and result are the same', () =>
  forAllAsync(
    anyMoves,
    async ({ letters, players }) => {
      const [one, two] = players;
      const history = afterMoves(letters, players);
      const made = club(one, two);
      const stored = new InMemoryEventStore();
      const idFor = (name: string) => made.ids[name === one ? 0 : 1] ?? '';
      const events = history.map(asStored).map((event) => {
        return { ...event, data: hideNames(event.type, event.data, made.people, idFor) };
      });
      await stored.appendToStream('game-g1', events, { expectedRevision: 'no_stream' });
      const store = withoutNames(stored, made.people);
      for (const [index, name] of [one, two].entries()) {
        made.people.keys.forget(made.ids[index] ?? '', at);
        const { game } = await loadGame(store, 'g1');
        if (portrait(game) === portrait(fold(history)) && (index === 0 || namesApart(game))) continue;
        throw wrong(
          `"${one}" and "${two}" play, and "${name}" is forgotten${index === 0 ? '' : ' as the second one'}. Except for names, the game must stay the same.\n\n` +
            `Expected  ${portrait(fold(history))}\nBut       ${portrait(game)}\nPlayers   ${namesIn(game).join(' and ')}\n`,
        );
      }
    },
    25,
  ),
);

/** The game without names: whose turn it is becomes a number. */
function portrait(game: Game): string {
  const names = namesIn(game);
  return JSON.stringify(game, (_, value: unknown) =>
    typeof value === 'string' && names.includes(value) ? names.indexOf(value) + 1 : value,
  );
}

function namesIn(game: Game): readonly string[] {
  return game.status === 'not started' ? [] : [game.playerOne, game.playerTwo];
}

function namesApart(game: Game): boolean {
  return new Set(namesIn(game)).size === namesIn(game).length;
}

function expectRead(made: Club, index: number, state: PersonState, name: string | undefined, story: string): void {
  const id = made.ids[index] ?? '';
  const wanted = name ?? (state === 'has a key' ? '' : substituteFor(state, id));
  const read = personOf(openedAgain(made), id) as unknown as
    { id?: unknown; state?: unknown; name?: unknown } | undefined;
  if (read?.state === state && read.name === wanted && read.id === id) return;
  throw wrong(
    `${story}\n\nExpected  ${JSON.stringify({ id, state, name: wanted })}\nBut       ${JSON.stringify(read)}\n`,
  );
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/privacy/people.ts', 'personOf'));
}
