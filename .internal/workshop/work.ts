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

/** The wanted state of a folder, and what happens to the work in it. */
type Wish = {
  /** The command, as the user types it. */
  readonly what: string;
  /** The commit with the wanted files. */
  readonly target: string;
  /** Only these files. */
  readonly paths?: readonly string[];
  /**
   * Where uncommitted work goes: `here` is the current branch, `aside` is a branch `backup/…`,
   * `always` is such a branch even if everything is committed, and `nowhere` refuses uncommitted
   * work.
   */
  readonly keep: 'here' | 'aside' | 'always' | 'nowhere';
  /** The subject of the commit that keeps the work. */
  readonly message: string;
  /** The branch to check out, or the commit that the current branch moves to. */
  readonly then?: { readonly checkOut: string } | { readonly moveTo: string };
};

/** The result for the work in the folder. */
export type Change = {
  readonly kept: Kept | undefined;
  /** New files that were too large to be kept, and stayed where they were. */
  readonly large: readonly string[];
  /** Says where the files are that an editor has written to after they were moved away. */
  readonly rescued: string | undefined;
};

/**
 * Replaces or removes files of a folder. No other function does that. Every file that goes is first
 * committed, read back, and compared again when it is moved away. A file that cannot be kept is not
 * changed.
 *
 * @throws GitError; then everything is as it was
 */
export function changeFolder(git: Git, wish: Wish): Change {
  return exclusively(git, wish.what, () => {
    const told = recover(git);
    if (told !== undefined) throw new GitError(`${told}\nRun the command again.`);
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
  // Only for speed: git would compare each file again. It may fail while another git is running.
  git.attempt('update-index', '-q', '--refresh');
  const isWritten = writtenSince(moveOf(git.folder, journal)).length > 0;
  return {
    kept: kept && { branch: kept.name.replace('refs/heads/', ''), commit: kept.to },
    large: snapshot.large,
    rescued: isWritten ? rescue(git) : undefined,
  };
}

/** The commit with the work, and its branch, which does not exist yet. */
function planToKeep(git: Git, { keep, message }: Wish, snapshot: Snapshot): Journal['kept'] {
  const { head } = snapshot;
  const unsaved = commitSnapshot(git, snapshot, message);
  if (keep === 'nowhere' && unsaved !== undefined) throw new GitError('There are uncommitted changes.');
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
