import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { carryOut } from './carry-out.ts';
import { withSentences } from './file-errors.ts';
import { GitError, type Git } from './git.ts';
import { areaOf, moveOf, type Journal } from './journal.ts';
import { commitSnapshot, isStray, nameBackup, readBack, type Kept } from './keep.ts';
import { exclusively } from './lock.ts';
import { writtenSince } from './move.ts';
import { recover, rescue } from './recover.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import { prepareIndex, stageFiles } from './stage.ts';
import { assertNothingUnderWay } from './state.ts';

/** What a folder is to become, and what is to be done with the work in it. */
type Wish = {
  /** The command, as one types it. */
  readonly what: string;
  /** The commit whose files are wanted. */
  readonly target: string;
  /** Only these of its files. */
  readonly paths?: readonly string[];
  /**
   * Where work goes that is not committed: `here` to the branch that is checked out, `aside` to a
   * branch `backup/…`, `always` to such a branch also when all of it is committed, and `nowhere`
   * means that there may be none.
   */
  readonly keep: 'here' | 'aside' | 'always' | 'nowhere';
  /** The subject of the commit that keeps the work. */
  readonly message: string;
  /**
   * The branch that is checked out afterwards, or the commit that the one that is checked out moves
   * to.
   */
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
 * The one way in which files of a folder are replaced or removed. Every byte that would go is put
 * into a commit first, whatever git thinks of it, read back, and compared once more when its file
 * is moved away. What cannot be kept is not touched.
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

  carryOut(git, snapshot, journal, index);
  // Only for speed: git would compare each file once more. It may fail, as where another git is at
  // work already.
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
