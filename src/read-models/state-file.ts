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
  const isFile = url.startsWith('sqlite:');
  const store = isFile ? basename(place, '.db') : place.replace(/[^\w.-]+/g, '_');
  const club = clubOfProgram();
  const file = club === undefined ? `${name}.${type}` : join(`club-${club}`, `${name}.${type}`);
  return join(isFile ? dirname(place) : '.data', folder, store, file);
}

/** What the files of a folder have in common: who needs them, and what it costs to delete them. */
type StateFolder = 'read-models' | 'subscribers' | 'snapshots' | 'people';

/** The file of a read model. A new version of its rows begins a new file. */
export function readModelFile(url: string, { name, version }: Projection): string {
  return stateFile(url, 'read-models', `${name}-v${version}`);
}
