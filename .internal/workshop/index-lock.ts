import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { gitFolders, GitError, type Git } from './git.ts';

/** Git's own lock of the index. It blocks commits, `git add` and checkouts. */
function lockOf(git: Git): string {
  return join(gitFolders(git).own, 'index.lock');
}

/** @throws GitError while git is running here, or after it was killed */
export function lockIndex(git: Git, mark: string): void {
  const lock = lockOf(git);
  try {
    writeFileSync(lock, mark, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new GitError(
      `Another git command is running here. Nothing was changed. Wait until it ends, and run the command again.\n` +
        `If none is running, an earlier one was killed and left ${lock}: delete it.`,
    );
  }
}

/** Removes the lock, if it is ours. */
export function unlockIndex(git: Git, mark: string): void {
  if (isOurs(git, mark)) rmSync(lockOf(git), { force: true });
}

/** Replaces the index, and removes the lock. */
export function installIndex(git: Git, index: string, mark: string): void {
  const lock = lockOf(git);
  if (!isOurs(git, mark)) lockIndex(git, mark);
  // Git renames the lock to the index, so the lock must have the whole content first.
  const ready = `${lock}-${mark}`;
  copyFileSync(index, ready);
  renameSync(ready, join(gitFolders(git).own, 'index'));
  rmSync(lock, { force: true });
}

function isOurs(git: Git, mark: string): boolean {
  try {
    return readFileSync(lockOf(git), 'utf8') === mark;
  } catch {
    return false;
  }
}
