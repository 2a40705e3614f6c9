import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { gitFolders, GitError, type Git } from './git.ts';

/** The lock that git itself respects: no commit, no `git add` and no checkout comes in between. */
function lockOf(git: Git): string {
  return join(gitFolders(git).own, 'index.lock');
}

/** @throws GitError while git is at work, or was killed at it */
export function lockIndex(git: Git, mark: string): void {
  const lock = lockOf(git);
  try {
    writeFileSync(lock, mark, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new GitError(
      `Another git command is at work here. Nothing was changed. Wait until it ends, and give yours again.\n` +
        `If there is none, one was ended by force, and has left ${lock}: delete it.`,
    );
  }
}

/** Lets others go on. A lock that is not ours is left. */
export function unlockIndex(git: Git, mark: string): void {
  if (isOurs(git, mark)) rmSync(lockOf(git), { force: true });
}

/** Puts a new index in the place of the old one, and ends the lock. */
export function installIndex(git: Git, index: string, mark: string): void {
  const lock = lockOf(git);
  if (!isOurs(git, mark)) lockIndex(git, mark);
  // The lock is the file that becomes the index: so it has to stand whole beside it, and be
  // renamed.
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
