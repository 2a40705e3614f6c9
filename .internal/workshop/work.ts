import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { withSentences } from './file-errors.ts';
import { gitFolders, GitError, type Git } from './git.ts';
import { installIndex, lockIndex } from './index-lock.ts';
import { areaOf, moveOf, removeJournal, writeJournal, type Journal } from './journal.ts';
import { commitSnapshot, isStray, nameBackup, readBack, type Kept } from './keep.ts';
import { exclusively } from './lock.ts';
import { moveFiles, writtenSince } from './move.ts';
import { finish, recover, rescue, undo } from './recover.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { prepareIndex, stageFiles } from './stage.ts';
import { assertNothingUnderWay, readHead } from './state.ts';

/** What a folder is to become, and what is to be done with the work in it. */
export type Wish = {
  /** The command, as one types it. */
  readonly what: string;
  /** The commit whose files are wanted. */
  readonly target: string;
  /** Only these of its files. */
  readonly paths?: readonly string[];
  /**
   * Where work goes that is not committed: `here` to the branch that is checked out, `aside` to a branch `backup/…`, `always` to such
   * a branch also when all of it is committed, and `nowhere` means that there may be none.
   */
  readonly keep: 'here' | 'aside' | 'always' | 'nowhere';
  /** The subject of the commit that keeps the work. */
  readonly message: string;
  /** The branch that is checked out afterwards, or the commit that the one that is checked out moves to. */
  readonly then?: { readonly checkOut: string } | { readonly moveTo: string };
};

/** What was done with the work. */
export type Change = {
  readonly kept: Kept | undefined;
  /** New files that are too large to be kept, and have stayed where they are. */
  readonly large: readonly string[];
  /** Says where files are that an editor has written to after they were moved away. */
  readonly rescued: string | undefined;
};

/**
 * The one way in which files of a folder are replaced or removed. Every byte that would go is put into a commit first, whatever git
 * thinks of it, read back, and compared once more when its file is moved away. What cannot be kept is not touched.
 *
 * @throws GitError; then everything is as it was
 */
export function changeFolder(git: Git, wish: Wish): Change {
  return exclusively(git, wish.what, () => {
    const told = recover(git);
    if (told !== undefined) throw new GitError(`${told}\nGive the command again.`);
    assertNothingUnderWay(git);
    const area = areaOf(git.folder);
    return withSentences(() => {
      rmSync(area, { recursive: true, force: true });
      mkdirSync(area, { recursive: true });
      try {
        return change(git, wish, area);
      } finally {
        if (!existsSync(join(area, 'journal.json'))) rmSync(area, { recursive: true, force: true });
      }
    });
  });
}

function change(git: Git, wish: Wish, area: string): Change {
  const snapshot = takeSnapshot(git, wish.target, wish.paths, area);
  const kept = planToKeep(git, wish, snapshot);
  const going = readBack(git, snapshot);
  const coming = stageFiles(git, wish.target, snapshot.changes, area);
  const index = prepareIndex(git, wish.target, wish.paths, area);
  const journal = plan(git, wish, snapshot, kept, going, coming);

  const release = holdSignals();
  try {
    carryOut(git, snapshot, journal, index);
  } finally {
    release();
  }
  // Only for speed: git would compare each file once more. It may fail, as where another git is at work already.
  git.attempt('update-index', '-q', '--refresh');
  const isWritten = writtenSince(moveOf(git.folder, journal)).length > 0;
  return {
    kept: kept && { branch: kept.name.replace('refs/heads/', ''), commit: kept.to },
    large: snapshot.large,
    rescued: isWritten ? rescue(git) : undefined,
  };
}

/** The commit of the work and the branch for it. The branch is not made yet. */
function planToKeep(git: Git, { keep, message }: Wish, snapshot: Snapshot): Journal['kept'] {
  const { head } = snapshot;
  const unsaved = commitSnapshot(git, snapshot, message);
  if (keep === 'nowhere' && unsaved !== undefined) throw new GitError('There are changes that are not committed.');
  if (keep === 'here' && head.branch !== undefined) {
    if (unsaved === undefined) return undefined;
    return { name: `refs/heads/${head.branch}`, from: head.commit, to: unsaved };
  }
  const isNeeded = keep === 'always' || (head.branch === undefined && isStray(git, head.commit));
  const commit = unsaved ?? (isNeeded ? head.commit : undefined);
  if (commit === undefined) return undefined;
  return { name: `refs/heads/${nameBackup(git, head.branch ?? 'detached')}`, from: '', to: commit };
}

function plan(
  git: Git,
  { what, then }: Wish,
  { head }: Snapshot,
  kept: Journal['kept'],
  going: ReadonlyMap<string, string>,
  coming: ReadonlyMap<string, string>,
): Journal {
  const branch = head.branch === undefined ? undefined : `refs/heads/${head.branch}`;
  return {
    what,
    moved: false,
    going: Object.fromEntries(going),
    coming: Object.fromEntries(coming),
    ...(kept && { kept }),
    head: branch ?? head.commit,
    ...(then && 'checkOut' in then && { nextHead: `refs/heads/${then.checkOut}` }),
    ...(then && 'moveTo' in then && { ref: { name: branch ?? 'HEAD', from: head.commit, to: then.moveTo } }),
    mark: `workshop-${randomBytes(6).toString('hex')}`,
  };
}

/** From here on, files and names change. Whatever goes wrong, all of it is undone. */
function carryOut(git: Git, snapshot: Snapshot, journal: Journal, index: string): void {
  const { folder } = git;
  writeJournal(folder, journal);
  try {
    lockIndex(git, journal.mark);
    assertSame(git, snapshot);
    const { kept } = journal;
    if (kept) git.run(['update-ref', '-m', 'workshop: work in progress', kept.name, kept.to, kept.from]);
    moveFiles(moveOf(folder, journal));
    writeJournal(folder, { ...journal, moved: true });
    finish(git, journal);
    installIndex(git, index, journal.mark);
  } catch (error) {
    undo(git, journal);
    if (writtenSince(moveOf(folder, journal)).length > 0) console.error(rescue(git));
    throw error;
  }
  removeJournal(folder);
}

/** A key or a window that is closed must not end this half way: it takes no longer than a moment. */
function holdSignals(): () => void {
  const ignore = () => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, ignore);
  return () => {
    for (const signal of signals) process.off(signal, ignore);
  };
}

/** With the index locked, no git can change what is checked out or staged any more: so this is the moment to look. */
function assertSame(git: Git, { head, staged }: Snapshot): void {
  const now = readHead(git);
  const isSameHead = now.branch === head.branch && now.commit === head.commit;
  const [index, before] = [join(gitFolders(git).own, 'index'), join(areaOf(git.folder), 'index-before')];
  const isSameIndex = !existsSync(index) || readFileSync(index).equals(readFileSync(before));
  if (isSameHead && (isSameIndex || writeTree(git) === staged)) return;
  throw new GitError(
    'Another git command has changed something at this very moment. Nothing was changed here: give yours again.',
  );
}

function writeTree(git: Git): string {
  const copy = join(areaOf(git.folder), 'index-now');
  copyFileSync(join(gitFolders(git).own, 'index'), copy);
  return git.run(['write-tree'], '', { GIT_INDEX_FILE: copy }).trimEnd();
}
