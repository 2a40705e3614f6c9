import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gitFolders, GitError, type Git } from './git.ts';
import { installIndex, lockIndex } from './index-lock.ts';
import { areaOf, moveOf, removeJournal, writeJournal, type Journal } from './journal.ts';
import { moveFiles, writtenSince } from './move.ts';
import { finish, rescue, undo } from './recover.ts';
import type { Snapshot } from './snapshot.ts';
import { readHead } from './state.ts';

/**
 * Carries out a journal: files and refs change from here on. Every error undoes all of it.
 *
 * @param index the index that the folder gets in the end
 */
export function carryOut(git: Git, snapshot: Snapshot, journal: Journal, index: string): void {
  const { folder } = git;
  const release = holdSignals();
  try {
    writeJournal(folder, journal);
    lockIndex(git, journal.mark);
    assertSame(git, snapshot);
    const { kept } = journal;
    if (kept) git.run(['update-ref', '-m', 'workshop: work in progress', kept.name, kept.to, kept.from]);
    moveFiles(moveOf(folder, journal));
    writeJournal(folder, { ...journal, moved: true });
    finish(git, journal);
    installIndex(git, index, journal.mark);
  } catch (error) {
    undoOrSay(git, journal, error);
    if (writtenSince(moveOf(folder, journal)).length > 0) console.error(rescue(git));
    throw error;
  } finally {
    release();
  }
  removeJournal(folder);
}

function undoOrSay(git: Git, journal: Journal, cause: unknown): void {
  try {
    undo(git, journal);
  } catch (error) {
    const [first, second] = [cause, error].map((one) => (one instanceof Error ? one.message : String(one)));
    throw new GitError(
      `${first ?? ''}\nUndoing it failed, too: ${second ?? ''}\n` +
        'Nothing is lost. Fix the cause, then run any command of the workshop: it undoes this one first.',
    );
  }
}

/** Signals must not end this half way. It takes only a moment. */
function holdSignals(): () => void {
  const ignore = () => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, ignore);
  return () => {
    for (const signal of signals) process.off(signal, ignore);
  };
}

/**
 * With the index locked, git cannot change what is checked out or staged, so this checks it now.
 */
function assertSame(git: Git, { head, staged }: Snapshot): void {
  const now = readHead(git);
  const isSameHead = now.branch === head.branch && now.commit === head.commit;
  const [index, before] = [join(gitFolders(git).own, 'index'), join(areaOf(git.folder), 'index-before')];
  const isSameIndex = !existsSync(index) || readFileSync(index).equals(readFileSync(before));
  if (isSameHead && (isSameIndex || writeTree(git) === staged)) return;
  throw new GitError(
    'Another git command changed the repository meanwhile. Nothing was changed here: run the command again.',
  );
}

function writeTree(git: Git): string {
  const copy = join(areaOf(git.folder), 'index-now');
  copyFileSync(join(gitFolders(git).own, 'index'), copy);
  return git.run(['write-tree'], '', { GIT_INDEX_FILE: copy }).trimEnd();
}
