import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll } from 'vitest';

import { handle } from '../../src/application/game-commands.ts';
import { openPeople } from '../../src/privacy/open-people.ts';
import { openStore } from '../../src/open-store.ts';
import { move } from '../support/example-moves.ts';
import { startBy } from '../support/examples.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';

const folder = mkdtempSync(join(tmpdir(), 'every-program-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const names = ['Annabel Müller', 'Zoë 🦊'] as const;

step('11.7', 'a program plays a game, and no file has the name of a player', async () => {
  const store = await openStore(`sqlite:${join(folder, 'club.db')}`);
  await handle(store, 'g1', startBy(...names));
  await handle(store, 'g1', move(names[0], 'D'));
  const read = JSON.stringify((await store.readStream('game-g1')).map(({ data }) => data));
  await store.close();
  for (const name of names)
    if (!read.includes(name)) throw wrong(`"${name}" plays, but is not in what the program reads: ${read}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const found = files.filter((one) =>
    names.some((name) => readFileSync(join(one.parentPath, one.name)).includes(name)),
  );
  if (found.length > 0)
    throw wrong(
      `The bytes of a name are in ${found.map((one) => one.name).join(', ')}. Does openStored return the store without names?`,
    );
});

step('11.7', 'the names are kept beside the events, in a file, so that another program reads them', async () => {
  const url = `sqlite:${join(folder, 'club.db')}`;
  const store = await openStore(url);
  await handle(store, 'g2', startBy(...names));
  await store.close();
  const { names: kept } = openPeople(url);
  if (kept.values().length !== names.length)
    throw wrong(
      `Two people have played, and the file of the names has ${kept.values().length}. Another program could not read their names.`,
    );
  const other = await openStore(url);
  const [started] = await other.readStream('game-g2');
  await other.close();
  const read = JSON.stringify(started?.data);
  if (read !== JSON.stringify({ playerOne: names[0], playerTwo: names[1] }))
    throw wrong(`The game was started by "${names[0]}" and "${names[1]}". Another program reads ${read}.`);
});

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/open-store.ts', 'openStored'));
}
