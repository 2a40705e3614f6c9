import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';

import { GitError } from './git.ts';

/**
 * The files at a path: the file, all files in a folder of that name, or a file in place of a parent
 * folder. Links are not followed.
 *
 * @throws GitError when something there does not fit into a commit
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
    throw new GitError(
      `The repository in ${path} blocks files of the exercise. Nothing was changed. Move it elsewhere first.`,
    );
  }
  return names.flatMap((name) => filesAt(folder, `${path}/${name}`));
}

/** Whether a file is at exactly this path, not behind a link. */
export function isFileAt(folder: string, path: string): boolean {
  const names = path.split('/');
  const isFolder = (_: string, depth: number) =>
    depth === 0 || lstat(join(folder, ...names.slice(0, depth)))?.isDirectory() === true;
  const stats = lstat(join(folder, path));
  return stats !== undefined && (stats.isFile() || stats.isSymbolicLink()) && names.every(isFolder);
}

function assertFile(path: string, stats: Stats): string {
  if (stats.isFile() || stats.isSymbolicLink()) return path;
  throw new GitError(
    `${path} blocks a file of the exercise, and is not a file itself. Nothing was changed. Move it elsewhere first.`,
  );
}

/** The bytes of a file, or the target of a link. */
export function contentOf(path: string): Buffer {
  return lstatSync(path).isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path);
}

/** The fingerprint of a file's content; `undefined` when there is no file. */
export function fingerprint(path: string): string | undefined {
  const stats = lstat(path);
  if (stats === undefined || !(stats.isFile() || stats.isSymbolicLink())) return undefined;
  return createHash('sha256').update(contentOf(path)).digest('hex');
}

/** The file mode in a git tree. */
export function modeOf(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return '120000';
  return (stats.mode & 0o100) === 0 ? '100644' : '100755';
}

export function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A parent is not a folder, so there is no file.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
