import { linkSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { fingerprint, lstat } from './disk.ts';
import { SavedMeanwhileError } from './keep.ts';

/** The files that go, and the files that come. A fingerprint identifies a content. */
export type Move = {
  readonly folder: string;
  /** The folder with the new files in `new`, and later the old ones in `old`. */
  readonly area: string;
  readonly going: ReadonlyMap<string, string>;
  readonly coming: ReadonlyMap<string, string>;
};

/**
 * Exchanges the files without deleting any byte. An old file is moved aside and compared there,
 * where no editor saves. A new file goes only to a free path.
 *
 * @throws SavedMeanwhileError and errors of the file system; {@link undoMove} must follow
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

/** @returns the files that were not put back, because a newer file is there */
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

/** The files that an editor has written to after they were moved aside. */
export function writtenSince({ area, going }: Move): readonly string[] {
  return [...going].flatMap(([path, content]) => {
    const now = fingerprint(join(area, 'old', path));
    return now === undefined || now === content ? [] : [path];
  });
}

/** A link never overwrites a file, a rename does. Some disks have no links. */
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

/** Removes empty parent folders, as git does. */
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

/** Makes room for a file where only empty folders are left. */
function removeEmptyFolder(path: string): void {
  if (lstat(path)?.isDirectory() !== true) return;
  for (const name of readdirSync(path)) removeEmptyFolder(join(path, name));
  rmdirSync(path);
}
