import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { GitError, type Git } from './git.ts';
import { installIndex, unlockIndex } from './index-lock.ts';
import { areaOf, hasJournal, moveOf, readJournal, removeJournal, type Journal } from './journal.ts';
import { exclusively } from './lock.ts';
import { undoMove, writtenSince } from './move.ts';

/**
 * Undoes an interrupted change of the folder. If all files were exchanged already, it completes the
 * change.
 *
 * @returns what was done; `undefined` when no change was interrupted
 */
export function recover(git: Git): string | undefined {
  if (!hasJournal(git.folder)) return undefined;
  return exclusively(git, 'finish what was interrupted', () => {
    if (!hasJournal(git.folder)) return undefined;
    const journal = readJournal(git.folder);
    if (journal === undefined) return `The record of an interrupted command cannot be read. ${rescue(git)}`;
    const told = settle(git, journal);
    const isWritten = writtenSince(moveOf(git.folder, journal)).length > 0;
    if (isWritten) return `${told} ${rescue(git)}`;
    rmSync(areaOf(git.folder), { recursive: true, force: true });
    return told;
  });
}

function settle(git: Git, journal: Journal): string {
  const { what, head, nextHead, kept, moved, mark } = journal;
  const where =
    kept && `Your work is kept on ${kept.name.replace('refs/heads/', '')}, as the commit ${kept.to.slice(0, 10)}.`;
  const now = readHeadName(git);
  if (now !== head && now !== nextHead) {
    unlockIndex(git, mark);
    removeJournal(git.folder);
    const since = `"${what}" was interrupted, and another commit was checked out since. The folder stays as it is.`;
    return kept && exists(git, kept) ? `${since} ${where ?? ''}` : since;
  }
  if (moved) {
    finish(git, journal);
    installIndex(git, join(areaOf(git.folder), 'index-next'), mark);
    removeJournal(git.folder);
    return `"${what}" was interrupted, and is complete now. ${where ?? ''}`.trim();
  }
  const left = undo(git, journal);
  const undone = `"${what}" was interrupted, and is undone now. Nothing is lost.`;
  return left.length === 0
    ? undone
    : `${undone} Left as you have saved it since: ${left.join(', ')}. ${where ?? ''}`.trim();
}

/** Updates the git refs that change after the files. Refs that are up to date stay. */
export function finish(git: Git, { ref, head, nextHead }: Journal): void {
  if (ref !== undefined && commitAt(git, ref.name) !== ref.to) {
    git.run(['update-ref', '-m', 'workshop: moved', ref.name, ref.to, ref.from]);
  }
  const now = readHeadName(git);
  if (nextHead === undefined || now === nextHead) return;
  if (now !== head) throw new GitError('Another commit was checked out meanwhile.');
  // With this message, "git checkout -" leads back.
  const [from, to] = [head, nextHead].map((name) => name.replace('refs/heads/', ''));
  git.run(['symbolic-ref', '-m', `checkout: moving from ${from ?? ''} to ${to ?? ''}`, 'HEAD', nextHead]);
}

/**
 * Restores everything: files, refs, the lock.
 *
 * @returns the files that were not restored, because a newer file is there; the commit keeps them
 */
export function undo(git: Git, journal: Journal): readonly string[] {
  const { kept, ref, head, nextHead, mark } = journal;
  const left = undoMove(moveOf(git.folder, journal));
  if (nextHead !== undefined && readHeadName(git) === nextHead) {
    if (head.startsWith('refs/')) git.run(['symbolic-ref', 'HEAD', head]);
    else git.run(['update-ref', '--no-deref', 'HEAD', head]);
  }
  if (ref && commitAt(git, ref.name) === ref.to) git.run(['update-ref', ref.name, ref.from, ref.to]);
  if (kept && left.length === 0 && exists(git, kept)) {
    if (kept.from === '') git.run(['update-ref', '-d', kept.name, kept.to]);
    else git.run(['update-ref', kept.name, kept.from, kept.to]);
  }
  unlockIndex(git, mark);
  removeJournal(git.folder);
  return left;
}

/**
 * Keeps the files that were moved aside where the learner finds them.
 *
 * @returns a sentence that says where
 */
export function rescue(git: Git): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
  const [from, to] = [areaOf(git.folder), join(git.folder, '.workshop', `rescued-${time}`)];
  if (existsSync(from)) renameSync(from, to);
  return `A program wrote to a file while it was replaced. The old files are in ${join(to, 'old')}.`;
}

/** The current branch with its full name, or the current commit. */
function readHeadName(git: Git): string {
  return git.ask('symbolic-ref', '--quiet', 'HEAD') ?? git.run(['rev-parse', 'HEAD']).trimEnd();
}

function exists(git: Git, { name, to }: { readonly name: string; readonly to: string }): boolean {
  return commitAt(git, name) === to;
}

function commitAt(git: Git, name: string): string | undefined {
  return git.ask('rev-parse', '--verify', '--quiet', name);
}
