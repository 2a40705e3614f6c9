import { dirname, join } from 'node:path';

import { StorageError } from '../event-store/event-store.ts';
import { ModelError, openModel, type Model } from '../read-models/model.ts';
import { stateFile } from '../read-models/state-file.ts';
import { keyFiles } from './key-files.ts';
import { keysIn, type Keys } from './keys.ts';
import type { People } from './people.ts';

/** The file with the encrypted names of the people of a store. */
export function namesFile(url: string): string {
  return stateFile(url, 'people', 'names');
}

/** The folder with their keys. Keep its backups apart from those of the names. */
export function keysFolder(url: string): string {
  return join(dirname(namesFile(url)), 'keys');
}

let inMemory: People | undefined;

/**
 * Opens the people of a store. In memory, all stores of a program have the same people.
 *
 * @throws StorageError when the names cannot be used: nothing can make them again
 */
export function openPeople(url: string): People {
  if (url === 'memory:')
    return (inMemory ??= { ...people(openModel(':memory:'), keysIn(new Map())), close: () => undefined });
  const file = namesFile(url);
  try {
    return people(openModel(file), keyFiles(keysFolder(url)));
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new StorageError(`The names in ${file} cannot be used. Restore them from a backup.`, { cause: error });
  }
}

/** The people in a model, with these keys. */
export function people(model: Model, keys: Keys): People {
  const close = () => {
    model.close();
  };
  return { model, names: model.table('names'), keys, close };
}
