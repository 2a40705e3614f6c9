import { findPerson, forget, personOf, type NameRow } from '../../src/privacy/people.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { atEveryEnd, untilTheEnd, type Plug } from '../support/faults.ts';
import { club, filesOf, openedAgain, pulledPeople, type Club } from '../support/privacy.ts';
import { step } from '../support/step.ts';

const at = new Date('2026-05-04T12:00:00Z');

step('11.5', 'after it, the person is forgotten, and the others are there', () => {
  const { made, copies } = clubWithCopies();
  run(made, copies);
  expectForgotten(made, copies, 'Ann was forgotten.');
  for (const index of [1, 2]) {
    const { state } = personOf(made.people, made.ids[index] ?? '');
    if (state !== 'has a key') throw wrong(`Ann was forgotten, and now the state of another person is "${state}".`);
  }
});

step('11.5', 'both files say when it was', () => {
  const { made, copies } = clubWithCopies();
  run(made, copies);
  const [ann = ''] = made.ids;
  const key = made.people.keys.read(ann);
  const { forgotten } = made.people.names.get(ann) ?? {};
  const dates = [key.state === 'forgotten' ? key.at : undefined, forgotten];
  if (dates.every((date) => date === at.toISOString())) return;
  throw wrong(
    `Ann was forgotten at ${at.toISOString()}. Both the keys and the names file must say so, because one of them may be lost, or come from a backup. They say: ${dates.map(String).join(', ')}.`,
  );
});

step('11.5', 'after it, nothing of the name is left, in no file', () => {
  const { made, copies } = clubWithCopies();
  const [sealed = '', key = ''] = [made.people.names.get(made.ids[0] ?? '')?.sealed, made.texts.get(made.ids[0] ?? '')];
  run(made, copies);
  const { rows, keys } = filesOf(made);
  if (JSON.stringify(rows).includes(sealed)) throw wrong('The names file still has the sealed name of Ann.');
  if (keys.includes((JSON.parse(key) as { keys: string[] }).keys[0] ?? ''))
    throw wrong('The key of Ann is still there.');
});

step('11.5', 'two people are forgotten, one after the other', () => {
  const { made, copies } = clubWithCopies();
  run(made, copies);
  forget(made.people, made.ids[1] ?? '', at, () => undefined);
  const [one, two] = made.ids.map((id) => personOf(openedAgain(made), id));
  if (one?.state !== 'forgotten' || two?.state !== 'forgotten')
    throw wrong('Ann and Bob were forgotten, and one of them is still there.');
  if (one.name === two.name) throw wrong(`Ann and Bob were forgotten, and both are called "${one.name}".`);
});

step('11.5', 'wherever the program ends, it can be begun again with the name, and then nothing is left', async () => {
  await atEveryEnd(async (plug, write) => {
    const { made, copies } = clubWithCopies();
    await untilTheEnd(plug, async () => {
      run(made, copies, plug);
    });
    const story = `The program ended before its write number ${write + 1}.`;
    // Somebody types the command again. It finds Ann by her name, or she is forgotten.
    if (findPerson(openedAgain(made), 'Ann') !== undefined) run(made, copies);
    expectForgotten(made, copies, `${story} The command was typed again.`);
  });
});

step(
  '11.5',
  'wherever the program ends, a forgotten name is nowhere, even in an old copy of the names file',
  async () => {
    await atEveryEnd(async (plug, write) => {
      const { made, copies } = clubWithCopies();
      const [ann = ''] = made.ids;
      const old = made.people.names.get(ann) as NameRow;
      await untilTheEnd(plug, async () => {
        run(made, copies, plug);
      });
      if (personOf(openedAgain(made), ann).state !== 'forgotten') return;
      made.people.names.set(ann, old);
      if (personOf(openedAgain(made), ann).name === 'Ann')
        throw wrong(
          `The program ended before its write number ${write + 1}. Ann counts as forgotten, but her key is still there: an old copy of the names file shows her name.`,
        );
    });
  },
);

/** Three people, and two copies of their names. */
function clubWithCopies(): { readonly made: Club; readonly copies: string[] } {
  return { made: club('Ann', 'Bob', 'Carol'), copies: ['leaderboard: Ann, Bob', 'hall of fame: Carol, Ann'] };
}

function run(made: Club, copies: string[], plug: Plug = { isPulled: false, point: () => undefined }): void {
  const [ann = ''] = made.ids;
  forget(pulledPeople(made, plug), ann, at, () => {
    for (const [index, copy] of copies.entries()) {
      plug.point();
      copies[index] = copy.replace(
        'Ann',
        personOf(made.people, ann).state === 'has a key' ? 'a forgotten player' : 'nobody',
      );
    }
  });
}

function expectForgotten(made: Club, copies: readonly string[], story: string): void {
  const left = copies.find((copy) => copy.includes('Ann'));
  if (left !== undefined)
    throw wrong(
      `${story} A copy still has the name: "${left}". Without the key, nobody can be found by the name any more, so the copies have to go first.`,
    );
  const again = openedAgain(made);
  const [ann = ''] = made.ids;
  const { state } = personOf(again, ann);
  if (state !== 'forgotten') throw wrong(`${story} The state of Ann must be "forgotten", but it is "${state}".`);
  if (again.keys.read(ann).state === 'has a key')
    throw wrong(`${story} Her key is still there, and with an old copy of the names file it shows her name.`);
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/privacy/people.ts', 'forget'));
}
