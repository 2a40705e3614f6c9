import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gitFolders, GitError, type Git } from './git.ts';

/** The current branch and commit. */
export type Head = {
  /** The branch; `undefined` when HEAD is detached. */
  readonly branch: string | undefined;
  readonly commit: string;
  readonly tree: string;
};

/** @throws GitError on a branch that has no commit yet */
export function readHead(git: Git): Head {
  const branch = git.ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  const [commit, tree] = git.ask('rev-parse', 'HEAD', 'HEAD^{tree}')?.split('\n') ?? [];
  if (commit !== undefined && tree !== undefined) return { branch, commit, tree };
  throw new GitError(
    `The branch ${branch ?? ''} has no commit yet, so it cannot keep your work. Nothing was changed.\n` +
      'Commit your files: git add --all, and git commit -m "My work". Then run the command again.',
  );
}

/**
 * Refuses to work during a merge, a rebase or the like: the learner has to end it first.
 *
 * @throws GitError that says how
 */
export function assertNothingUnderWay(git: Git): void {
  const { own } = gitFolders(git);
  const states = [
    ['MERGE_HEAD', 'a merge', 'git merge --abort'],
    ['rebase-merge', 'a rebase', 'git rebase --abort'],
    ['rebase-apply/applying', 'applying patches', 'git am --abort'],
    ['rebase-apply', 'a rebase', 'git rebase --abort'],
    ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --abort'],
    ['REVERT_HEAD', 'a revert', 'git revert --abort'],
    ['BISECT_LOG', 'a bisect', 'git bisect reset'],
  ] as const;
  const found = states.find(([file]) => existsSync(join(own, file))) ?? readSequence(own);
  if (found !== undefined) {
    const [, what, undo] = found;
    throw new GitError(
      `You are in the middle of ${what}. Nothing was changed. Complete it, or undo it with "${undo}".`,
    );
  }
  assertMerged(git);
}

/** A list of commits to pick or revert, between two of them. */
function readSequence(own: string): readonly [string, string, string] | undefined {
  const list = join(own, 'sequencer', 'todo');
  if (!existsSync(list)) return undefined;
  return readFileSync(list, 'utf8').startsWith('revert')
    ? [list, 'several reverts', 'git revert --abort']
    : [list, 'several cherry-picks', 'git cherry-pick --abort'];
}

/** Conflicts can remain without an operation, for example after `git stash pop`. */
function assertMerged(git: Git): void {
  const lines = git.run(['ls-files', '--unmerged', '-z']).split('\0');
  const paths = [...new Set(lines.flatMap((line) => line.split('\t')[1] ?? []))];
  if (paths.length === 0) return;
  throw new GitError(
    `These files still have a conflict: ${paths.join(', ')}. Nothing was changed.\n` +
      `Resolve them, then run: git add ${paths.join(' ')}`,
  );
}
