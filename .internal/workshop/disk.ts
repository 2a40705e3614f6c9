import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import { GitError } from './git.ts';

/**
 * The files that lie where a path is to be: the file itself, everything in a folder of that name,
 * or a file that stands where a folder on the way has to be. What a link leads to is never looked
 * at.
 *
 * @throws GitError when something lies there that no commit can hold
 */
export function filesInTheWay(folder: string, path: string): readonly string[] {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth += 1) {
    const above = names.slice(0, depth).join('/');
    const stats = lstat(join(folder, above));
    if (stats === undefined) return [];
    if (!stats.isDirectory()) return [assertFile(above, stats)];
  }
  return filesAt(folder, path);
}

function filesAt(folder: string, path: string): readonly string[] {
  const stats = lstat(join(folder, path));
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [assertFile(path, stats)];
  const names = readdirSync(join(folder, path));
  if (names.includes('.git')) {
    throw new GitError(`The repository in ${path} is in the way. Move it elsewhere first. Nothing was changed.`);
  }
  return names.flatMap((name) => filesAt(folder, `${path}/${name}`));
}

/** Whether a file lies exactly there, and not behind a link. */
export function isFileAt(folder: string, path: string): boolean {
  const names = path.split('/');
  const isFolder = (_: string, depth: number) =>
    depth === 0 || lstat(join(folder, ...names.slice(0, depth)))?.isDirectory() === true;
  const stats = lstat(join(folder, path));
  return stats !== undefined && (stats.isFile() || stats.isSymbolicLink()) && names.every(isFolder);
}

function assertFile(path: string, stats: Stats): string {
  if (stats.isFile() || stats.isSymbolicLink()) return path;
  throw new GitError(`${path} is in the way, and is no file. Move it elsewhere first. Nothing was changed.`);
}

/** What a file holds, to the byte; of a link, where it leads. */
export function contentOf(path: string): Buffer {
  return lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
}

/** Tells a content from any other; `undefined` when there is no file. */
export function fingerprint(path: string): string | undefined {
  const stats = lstat(path);
  if (stats === undefined || !(stats.isFile() || stats.isSymbolicLink())) return undefined;
  return createHash('sha256').update(contentOf(path)).digest('hex');
}

/** As git has it in a tree. */
export function modeOf(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return '120000';
  return (stats.mode & 0o100) === 0 ? '100644' : '100755';
}

export function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Something above is no folder: so there is no file.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
