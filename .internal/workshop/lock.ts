import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { gitFolders, GitError, type Git } from './git.ts';

/** How long to wait for another command. Only a very large commit takes longer. */
const patience = 3_000;
/** A lock older than this is stale, on whatever machine its process ran. */
const forgotten = 10 * 60_000;

const ownerSchema = z.object({ process: z.int(), host: z.string(), what: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** The locks of this process. Work under one of them needs no second lock. */
const held = new Set<string>();

/**
 * Runs a task while no other workshop command changes this repository. It takes over the lock of a
 * dead process.
 *
 * @param what the command, for the message of a waiting process
 * @throws GitError when another command does not end
 */
export function exclusively<Result>(git: Git, what: string, work: () => Result): Result {
  const lock = join(gitFolders(git).common, 'workshop.lock');
  if (held.has(lock)) return work();
  acquire(lock, what);
  held.add(lock);
  try {
    return work();
  } finally {
    held.delete(lock);
    rmSync(lock, { force: true });
  }
}

function acquire(lock: string, what: string): void {
  const end = Date.now() + patience;
  while (!take(lock, what)) {
    const owner = readOwner(lock);
    if (isStale(lock, owner)) takeOver(lock, owner);
    else if (Date.now() > end) throw new GitError(busyMessage(lock, owner));
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}

function take(lock: string, what: string): boolean {
  const owner: Owner = { process: process.pid, host: hostname(), what };
  try {
    writeFileSync(lock, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new GitError(`The folder of git is not writable: ${message}. Nothing was changed.`);
  }
}

/** @returns `undefined` while the lock is being written, and when it is gone */
function readOwner(lock: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(lock, 'utf8')));
  } catch {
    return undefined;
  }
}

function isStale(lock: string, owner: Owner | undefined): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (owner === undefined) return age > patience;
  if (age > forgotten) return true;
  if (owner.host !== hostname()) return false;
  // In a container, two processes in a row often have the same number.
  return owner.process === process.pid || !isAlive(owner.process);
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves a stale lock aside. If it turns out to be a newer lock, it goes back. */
function takeOver(lock: string, stale: Owner | undefined): void {
  const aside = `${lock}-${randomBytes(4).toString('hex')}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  const isOther = JSON.stringify(readOwner(aside)) !== JSON.stringify(stale);
  if (isOther && !existsSync(lock)) renameSync(aside, lock);
  rmSync(aside, { force: true });
}

function busyMessage(lock: string, owner: Owner | undefined): string {
  const who = owner === undefined ? '' : ` (process ${owner.process}, "${owner.what}")`;
  return (
    `Another command of the workshop is running here${who}. Nothing was changed. Wait until it ends, and run yours ` +
    `again.\nIf none is running, delete ${lock}`
  );
}
