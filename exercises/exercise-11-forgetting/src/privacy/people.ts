import { StorageError } from '../event-store/event-store.ts';
import type { Model, Table } from '../read-models/model.ts';
import { todo } from '../todo.ts';
import { seal } from './cipher.ts';
import type { Keys } from './keys.ts';

/** A person as the names file has it: the encrypted name, until it is forgotten. */
export type NameRow = { readonly id: string; readonly sealed?: string; readonly forgotten?: string };

/** Where names are kept: encrypted in a table, and their keys elsewhere. */
export type NamesAndKeys = { readonly names: Table<NameRow>; readonly keys: Keys };

/** The people of a store, in an open file. */
export type People = NamesAndKeys & { readonly model: Model; readonly close: () => void };

/** A person, and what to call them. */
export type Person = { readonly id: string; readonly state: PersonState; readonly name: string };
export type PersonState = 'has a key' | keyof typeof substitutes;

/** What is read in place of a name. The id keeps two people in one game apart. */
const substitutes = {
  forgotten: 'a forgotten player',
  missing: 'a player whose key is missing',
  damaged: 'a player whose name is damaged',
};

export function substituteFor(state: keyof typeof substitutes, id: string): string {
  return `${substitutes[state]} (${id})`;
}

/** Nobody can tell whether a name is new, because a name cannot be read. Nothing was stored. */
export class MissingKeyError extends StorageError {
  constructor() {
    super(
      'A key is missing, so nobody can tell who is new. Restore the keys. "npm run forget -- --missing" gives up the people without one.',
    );
  }
}

/** The person with this id. Reading makes no key. */
export function personOf({ names, keys }: NamesAndKeys, id: string): Person {
  return todo('11.3', 'read the name, or say why there is none.');
}

/** All people, in the order of their ids. */
export function peopleIn(places: NamesAndKeys): readonly Person[] {
  return places.names.values().map(({ id }) => personOf(places, id));
}

/** The id of the person with this name, if there is one. */
export function findPerson(places: NamesAndKeys, name: string): string | undefined {
  return peopleIn(places).find((person) => person.name === name)?.id;
}

/**
 * The id of the person with this name. Somebody new gets a random id and a key. Call it in a
 * transaction of the names file, so that two programs do not add the same person.
 *
 * @throws MissingKeyError when the name is not found, and one of the others cannot be read
 */
export function idOf(places: NamesAndKeys, name: string): string {
  return todo('11.4', 'find the person, or add somebody new with a random id and a key.');
}

/**
 * Forgets a person. It can end at any point, and be called again with the same name: what is needed
 * to find the copies goes last.
 *
 * @param emptyCopies removes the name from everything that was copied from the events
 */
export function forget({ names, keys }: NamesAndKeys, id: string, at: Date, emptyCopies: () => void): void {
  todo('11.5', 'forget the key, the name and its copies, in the right order.');
}

/** Gives a person a new key, and throws the old one away. It can end at any point. */
export function rotate(places: NamesAndKeys, id: string, newKey: Buffer): void {
  const { state, name } = personOf(places, id);
  const old = places.keys.read(id);
  if (state !== 'has a key' || old.state !== 'has a key') throw new MissingKeyError();
  places.keys.replace(id, [newKey, ...old.keys]);
  places.names.set(id, { id, sealed: seal(name, newKey, id) });
  places.keys.replace(id, [newKey]);
}
