import { linkSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { SavedVersion } from '../messages.ts';
import { writeWhole } from './write-whole.ts';

/** Each version that was saved on the page, by file. Git ignores this folder. */
const folder = '.workshop/versions';

const namePattern = /^(.+)\/(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3})-(saved|found)-\d+\.txt$/;

let count = 0;

/**
 * Keeps a version of a file.
 *
 * @returns where it is, from the top of the repository
 */
export function keepVersion(root: string, path: string, text: string): string {
  const name = nameOf(path, 'saved');
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeWhole(join(root, name), text);
  return name;
}

/**
 * Keeps the file that is about to be replaced, as a link to the same bytes: if another program is
 * still writing to it, nothing of that is lost. On a disk without links, it is copied.
 */
export function keepFile(root: string, path: string): string {
  const name = nameOf(path, 'found');
  mkdirSync(dirname(join(root, name)), { recursive: true });
  try {
    linkSync(join(root, path), join(root, name));
  } catch {
    writeWhole(join(root, name), readFileSync(join(root, path), 'utf8'));
  }
  return name;
}

/** The kept versions of a file, the newest first. */
export function versionsOf(root: string, path: string): readonly SavedVersion[] {
  return namesIn(join(root, folder, path))
    .map((name) => `${folder}/${path}/${name}`)
    .filter((name) => namePattern.test(name))
    .toReversed()
    .map((name) => ({ name, path, savedAt: statSync(join(root, name)).mtime.toISOString() }));
}

/** @returns the text, or `undefined` when there is no such version */
export function readVersion(root: string, name: string): string | undefined {
  const [, inFolder = ''] = namePattern.exec(name) ?? [];
  if (!inFolder.startsWith(`${folder}/`) || inFolder.split('/').includes('..')) return undefined;
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    return undefined;
  }
}

function nameOf(path: string, kind: 'saved' | 'found'): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-').replace('Z', '');
  count += 1;
  return `${folder}/${path}/${time}-${kind}-${process.pid}${String(count).padStart(4, '0')}.txt`;
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path).toSorted();
  } catch {
    return [];
  }
}
