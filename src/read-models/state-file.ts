import { basename, dirname, join } from 'node:path';

import { describeStore } from '../event-store/open.ts';
import { clubOfProgram } from '../operations/club.ts';
import type { Projection } from './projection.ts';

/**
 * The file for what follows from the events of a store: beside the store's own file, or in `.data`.
 * Each store, and each club in it, has files of its own.
 *
 * @param url the URL of the store
 * @returns ':memory:' for a store in memory
 */
export function stateFile(url: string, folder: StateFolder, name: string, type = 'db'): string {
  if (url === 'memory:') return ':memory:';
  const place = describeStore(url);
  const store = url.startsWith('sqlite:') ? basename(place, '.db') : place.replace(/[^\w.-]+/g, '_');
  const club = clubOfProgram();
  const folders = club === undefined ? [folder, store] : [folder, store, `club-${club}`];
  return join(dataFolder(url), ...folders, `${name}.${type}`);
}

/** The folder that has the folders of all such files in it. */
export function dataFolder(url: string): string {
  return url.startsWith('sqlite:') ? dirname(describeStore(url)) : '.data';
}

/** What the files of a folder have in common: who needs them, and what it costs to delete them. */
type StateFolder = 'read-models' | 'subscribers' | 'snapshots' | 'people';

/** The file of a read model. A new version of its rows begins a new file. */
export function readModelFile(url: string, { name, version }: Projection): string {
  return stateFile(url, 'read-models', `${name}-v${version}`);
}
