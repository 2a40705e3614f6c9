import { idOf, MissingKeyError, personOf, type NamesAndKeys } from '../../src/privacy/people.ts';
import { keysIn } from '../../src/privacy/keys.ts';
import { StepOpenError } from '../../src/todo.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, untilTheEnd } from '../support/faults.ts';
import { club as emptyClub, filesOf, openedAgain, pulledPeople, type Club } from '../support/privacy.ts';
import { step } from '../support/step.ts';

/** People whom `idOf` has added. */
function club(...added: readonly string[]): Club {
  const made = emptyClub();
  return { ...made, ids: added.map((name) => idOf(made.people, name)) };
}

const names = ['Ann', 'Zoë', 'Anna', 'ann', '🦊', "O'Neill", 'constructor'];

step('11.4', 'the same name always has the same id, in every program', () => {
  const made = club(...names);
  const again = names.map((name) => idOf(openedAgain(made), name));
  const different = names.find((_, index) => made.ids[index] !== again[index]);
  if (different !== undefined) throw wrong(`"${different}" has got a second id. Then one person is two.`);
});

step('11.4', 'each name has an id of its own', () => {
  const { ids } = club(...names);
  if (new Set(ids).size === names.length) return;
  throw wrong(`${names.length} people have only ${new Set(ids).size} ids: ${ids.join(', ')}.`);
});

step('11.4', 'an id does not follow from the name', () => {
  const [one, two] = [club(...names).ids, club(...names).ids];
  const same = one.find((id, index) => id === two[index]);
  if (same === undefined) return;
  throw wrong(
    `In two clubs, the same name got the same id, ${same}. Then it follows from the name: somebody who has a list of names can find out who it is.`,
  );
});

step('11.4', 'a new person is in the names file, with a name that only the key opens', () => {
  const made = club(...names);
  const { rows, keys } = filesOf(made);
  for (const [index, id] of made.ids.entries()) {
    const row = rows.find((one) => one.id === id);
    if (row?.sealed === undefined) throw wrong('The names file must have a row with the id and the sealed name.');
    const name = names[index] ?? '';
    if (JSON.stringify(rows).includes(JSON.stringify(name).slice(1, -1)) || keys.includes(`"${name}"`))
      throw wrong(`"${name}" is in the files, and can be read without a key.`);
    if (personOf(openedAgain(made), id).name !== name) throw wrong(`The name of ${id} is not "${name}".`);
  }
});

step('11.4', 'each person has a key of their own', () => {
  const { texts, ids } = club(...names);
  const keys = ids.map((id) => texts.get(id));
  if (keys.includes(undefined)) throw wrong('Each person needs a key, kept under the id of the person: keys.create.');
  if (new Set(keys).size === names.length) return;
  throw wrong('Two people have the same key. Then nobody can be forgotten alone.');
});

step('11.4', 'somebody who was forgotten, and comes back, is somebody new', () => {
  const made = club('Ann', 'Bob');
  const [ann = ''] = made.ids;
  made.people.keys.forget(ann, new Date());
  made.people.names.set(ann, { id: ann, forgotten: new Date().toISOString() });
  const back = idOf(made.people, 'Ann');
  if (back === ann)
    throw wrong('Ann was forgotten, and comes back. With her old id, everything would be about her again.');
  if (personOf(made.people, back).name !== 'Ann')
    throw wrong('Ann was forgotten, and comes back. Her name must be there again.');
  if (idOf(made.people, 'Ann') !== back) throw wrong('Ann was forgotten, and came back. She has got a third id.');
});

step('11.4', 'somebody may be called like an id', () => {
  const made = club('Ann');
  const [ann = ''] = made.ids;
  const other = idOf(made.people, ann);
  if (other === ann) throw wrong(`Somebody is called "${ann}", like the id of Ann, and was taken for her.`);
  if (personOf(made.people, other).name !== ann)
    throw wrong(`Somebody is called "${ann}", and is read as another name.`);
});

step('11.4', 'wherever the program ends, no name is without a key', async () => {
  await atEveryEnd(async (plug, write) => {
    const made = club('Ann');
    const pulled = pulledPeople(made, plug);
    await untilTheEnd(plug, async () => idOf(pulled, 'Zoë'));
    const story = `The program ended before its write number ${write + 1}.`;
    const lost = made.people.names.values().find(({ id }) => personOf(openedAgain(made), id).state === 'missing');
    if (lost !== undefined) throw wrong(`${story} Now there is a name without a key. Make the key first.`);
    const id = idOf(openedAgain(made), 'Zoë');
    if (personOf(openedAgain(made), id).name !== 'Zoë') throw wrong(`${story} Then Zoë came again, and has no name.`);
  });
});

for (const [what, lose] of [
  ['one key', (texts: Map<string, string>, id: string) => texts.delete(id)],
  ['the text of one key', (texts: Map<string, string>, id: string) => texts.set(id, '')],
  [
    'the whole folder of the keys',
    (texts: Map<string, string>) => {
      texts.clear();
    },
  ],
] as const) {
  step('11.4', `when ${what} is lost, nobody is added: perhaps they are not new`, () => {
    const made = club('Ann', 'Bob');
    const [ann = ''] = made.ids;
    lose(made.texts, ann);
    const before = JSON.stringify(filesOf(made));
    for (const name of ['Ann', 'Carol']) {
      const error = errorOf(made.people, name);
      if (!(error instanceof MissingKeyError))
        throw wrong(
          `The key of Ann is lost, so nobody can read that she is there. Then "${name}" plays. Nobody can tell whether that is somebody new: expected MissingKeyError, but ${error === undefined ? 'an id was returned' : `${String(error)} was thrown`}.`,
        );
    }
    if (JSON.stringify(filesOf(made)) !== before)
      throw wrong('A key is lost. Then nothing may be written, but it was.');
  });
}

step('11.4', 'when one key is lost, those whose names can be read play on', () => {
  const made = club('Ann', 'Bob');
  const [ann = '', bob] = made.ids;
  made.texts.delete(ann);
  if (errorOf(made.people, 'Bob') !== undefined || idOf(made.people, 'Bob') !== bob)
    throw wrong('The key of Ann is lost. Bob is there, with his key, and must keep his id.');
});

step('11.4', 'keys are made by the keys', () => {
  const made = club();
  const asked: string[] = [];
  const keys = keysIn(made.texts);
  const counting: NamesAndKeys = {
    ...made.people,
    keys: { ...keys, create: (id) => (asked.push(id), keys.create(id)) },
  };
  const id = idOf(counting, 'Ann');
  idOf(counting, 'Ann');
  if (asked.join() !== id)
    throw wrong(`keys.create must be called once, with the id ${id}. It was called with: ${asked.join(', ')}.`);
});

function errorOf(places: NamesAndKeys, name: string): Error | undefined {
  try {
    idOf(places, name);
    return undefined;
  } catch (error) {
    if (error instanceof StepOpenError) throw error;
    return error as Error;
  }
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/privacy/people.ts', 'idOf'));
}
