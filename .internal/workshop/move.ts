import { linkSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { fingerprint, lstat } from './disk.ts';
import { SavedMeanwhileError } from './keep.ts';

/** Which files go, and which come. A content is told by its fingerprint. */
export type Move = {
  readonly folder: string;
  /** Where the new files wait in `new`, and the old ones are put in `old`. */
  readonly area: string;
  readonly going: ReadonlyMap<string, string>;
  readonly coming: ReadonlyMap<string, string>;
};

/**
 * Exchanges the files. No byte is deleted: an old file is moved aside and compared there, where no
 * editor saves any more; a new one is put only where nothing is.
 *
 * @throws SavedMeanwhileError and the errors of the file system; then {@link undoMove} is to be
 * called
 */
export function moveFiles({ folder, area, going, coming }: Move): void {
  for (const [path, content] of going) {
    const [from, to] = [join(folder, path), join(area, 'old', path)];
    mkdirSync(dirname(to), { recursive: true });
    if (lstat(from) === undefined) throw new SavedMeanwhileError(path);
    renameSync(from, to);
    if (fingerprint(to) !== content) throw new SavedMeanwhileError(path);
  }
  for (const path of going.keys()) removeEmptyAbove(folder, path);
  for (const path of coming.keys()) {
    const to = join(folder, path);
    removeEmptyFolder(to);
    mkdirSync(dirname(to), { recursive: true });
    if (lstat(to) !== undefined) throw new SavedMeanwhileError(path);
    place(join(area, 'new', path), to);
  }
}

/** @returns the files that could not be put back, because something newer is there */
export function undoMove({ folder, area, going, coming }: Move): readonly string[] {
  for (const [path, content] of coming) {
    const wasPut = !going.has(path) || lstat(join(area, 'old', path)) !== undefined;
    if (!wasPut || fingerprint(join(folder, path)) !== content) continue;
    rmSync(join(folder, path));
    removeEmptyAbove(folder, path);
  }
  return [...going.keys()].filter((path) => {
    const [from, to] = [join(area, 'old', path), join(folder, path)];
    if (lstat(from) === undefined) return false;
    try {
      removeEmptyFolder(to);
      mkdirSync(dirname(to), { recursive: true });
    } catch {
      return true;
    }
    if (lstat(to) !== undefined) return true;
    renameSync(from, to);
    return false;
  });
}

/**
 * The files that were moved aside and have been written to since, by an editor that still had them
 * open.
 */
export function writtenSince({ area, going }: Move): readonly string[] {
  return [...going].flatMap(([path, content]) => {
    const now = fingerprint(join(area, 'old', path));
    return now === undefined || now === content ? [] : [path];
  });
}

/** A link cannot overwrite what has come there meanwhile. Not every disk has links. */
function place(from: string, to: string): void {
  try {
    if (lstat(from)?.isSymbolicLink() !== true) {
      linkSync(from, to);
      return;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
  }
  renameSync(from, to);
}

/** Removes the folders above a path that have become empty, as git does. */
function removeEmptyAbove(folder: string, path: string): void {
  const above = dirname(path);
  if (above === '.') return;
  try {
    rmdirSync(join(folder, above));
  } catch {
    return;
  }
  removeEmptyAbove(folder, above);
}

/** Makes room where only folders without files are left. */
function removeEmptyFolder(path: string): void {
  if (lstat(path)?.isDirectory() !== true) return;
  for (const name of readdirSync(path)) removeEmptyFolder(join(path, name));
  rmdirSync(path);
}
