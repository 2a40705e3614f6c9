import { seal } from '../../src/privacy/cipher.ts';
import { keysIn, type Keys, type KeyTexts } from '../../src/privacy/keys.ts';
import { newPersonId } from '../../src/privacy/new-id.ts';
import { people } from '../../src/privacy/open-people.ts';
import type { NameRow, People } from '../../src/privacy/people.ts';
import { openModel, type Table } from '../../src/read-models/model.ts';
import { frozen } from './frozen.ts';
import type { Plug } from './faults.ts';

/** A names file, the texts of its keys, and both together. */
export type Club = {
  readonly people: People;
  readonly texts: Map<string, string>;
  /** The ids of the people, in the order of their names. */
  readonly ids: readonly string[];
};

/** People with these names, in memory. */
export function club(...names: readonly string[]): Club {
  const texts = new Map<string, string>();
  const made = people(openModel(':memory:'), keysIn(texts));
  const ids = names.map((name) => {
    const id = newPersonId();
    made.names.set(id, { id, sealed: seal(name, made.keys.create(id), id) });
    return id;
  });
  return { people: made, texts, ids };
}

/** The same files, opened by another program, which has nothing in its memory. */
export function openedAgain({ people: { model }, texts }: Club): People {
  return people(model, keysIn(texts));
}

/** The same people. The program ends before it writes a key or a row. */
export function pulledPeople(club: Club, plug: Plug): People {
  const texts: KeyTexts = {
    get: (person) => club.texts.get(person),
    set: (person, text) => {
      plug.point();
      return club.texts.set(person, text);
    },
  };
  const made = people(club.people.model, keysIn(texts));
  const pulled = (table: Table<NameRow>): Table<NameRow> => ({
    ...table,
    set: (id, row) => {
      plug.point();
      table.set(id, row);
    },
    delete: (id) => {
      plug.point();
      table.delete(id);
    },
  });
  return { ...made, names: pulled(made.names) };
}

/** Keys that only read. What would write is noted. */
export function readOnly(keys: Keys): { readonly keys: Keys; readonly written: readonly string[] } {
  const written: string[] = [];
  const note = (what: string) => (person: string) => {
    written.push(`${what} ${person}`);
    return Buffer.alloc(32);
  };
  return {
    keys: {
      read: (person) => keys.read(person),
      create: note('create'),
      replace: note('replace'),
      forget: note('forget'),
    },
    written,
  };
}

/** What the files have, frozen. */
export function filesOf({ people: { names }, texts }: Club): {
  readonly rows: readonly NameRow[];
  readonly keys: string;
} {
  return frozen({ rows: names.values(), keys: JSON.stringify([...texts]) });
}
