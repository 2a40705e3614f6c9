import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { GitError, type Git } from './git.ts';
import { installIndex, unlockIndex } from './index-lock.ts';
import { areaOf, hasJournal, moveOf, readJournal, removeJournal, type Journal } from './journal.ts';
import { exclusively } from './lock.ts';
import { undoMove, writtenSince } from './move.ts';

/**
 * Looks for a change of the folder that was interrupted, and undoes it. If only names of git were
 * left to be set, it is brought to its end.
 *
 * @returns what was found and done; `undefined` when there was nothing
 */
export function recover(git: Git): string | undefined {
  if (!hasJournal(git.folder)) return undefined;
  return exclusively(git, 'finish what was interrupted', () => {
    if (!hasJournal(git.folder)) return undefined;
    const journal = readJournal(git.folder);
    if (journal === undefined) return `What an interrupted command has left cannot be read. ${rescue(git)}`;
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
    const since = `"${what}" was interrupted, and something else was checked out since. The folder is left as it is.`;
    return kept && exists(git, kept) ? `${since} ${where ?? ''}` : since;
  }
  if (moved) {
    finish(git, journal);
    installIndex(git, join(areaOf(git.folder), 'index-next'), mark);
    removeJournal(git.folder);
    return `"${what}" was interrupted, and has been brought to its end now. ${where ?? ''}`.trim();
  }
  const left = undo(git, journal);
  const undone = `"${what}" was interrupted. What it had begun has been undone now: nothing is lost.`;
  return left.length === 0 ? undone : `${undone} ${left.join(', ')}: you have saved it since. ${where ?? ''}`.trim();
}

/** Sets the names of git that are set after the files. What is set already stays. */
export function finish(git: Git, { ref, head, nextHead }: Journal): void {
  if (ref !== undefined && commitAt(git, ref.name) !== ref.to) {
    git.run(['update-ref', '-m', 'workshop: moved', ref.name, ref.to, ref.from]);
  }
  const now = readHeadName(git);
  if (nextHead === undefined || now === nextHead) return;
  if (now !== head) throw new GitError('Something else has been checked out meanwhile.');
  // With this message, "git checkout -" finds the way back.
  const [from, to] = [head, nextHead].map((name) => name.replace('refs/heads/', ''));
  git.run(['symbolic-ref', '-m', `checkout: moving from ${from ?? ''} to ${to ?? ''}`, 'HEAD', nextHead]);
}

/**
 * Puts everything back: files, names, the lock.
 *
 * @returns the files that were not put back, because something newer is there: the commit that has
 * them stays
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
 * Keeps the files that were moved aside, where a person finds them. @returns a sentence that says
 * where
 */
export function rescue(git: Git): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '');
  const [from, to] = [areaOf(git.folder), join(git.folder, '.workshop', `rescued-${time}`)];
  if (existsSync(from)) renameSync(from, to);
  return `A file was still being written to when it went: you find all of them in ${join(to, 'old')}.`;
}

/** The branch that is checked out, with its full name, or the commit. */
function readHeadName(git: Git): string {
  return git.ask('symbolic-ref', '--quiet', 'HEAD') ?? git.run(['rev-parse', 'HEAD']).trimEnd();
}

function exists(git: Git, { name, to }: { readonly name: string; readonly to: string }): boolean {
  return commitAt(git, name) === to;
}

function commitAt(git: Git, name: string): string | undefined {
  return git.ask('rev-parse', '--verify', '--quiet', name);
}
