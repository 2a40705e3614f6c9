import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gitFolders, GitError, type Git } from './git.ts';

/** What is checked out. */
export type Head = {
  /** The branch; `undefined` when a commit is checked out without one. */
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
    `The branch ${branch ?? ''} has no commit yet, so nothing can be kept on it. Nothing was changed.\n` +
      'Commit what is there: git add --all, and git commit -m "My work". Then give the command again.',
  );
}

/**
 * Refuses to go on while a merge, a rebase or something of the kind is under way: whoever has begun
 * it has to end it.
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
      `You are in the middle of ${what}. Bring it to its end, or undo it with "${undo}". Nothing was changed.`,
    );
  }
  assertMerged(git);
}

/** Several commits to pick or to revert, when the current one is done and more follow. */
function readSequence(own: string): readonly [string, string, string] | undefined {
  const list = join(own, 'sequencer', 'todo');
  if (!existsSync(list)) return undefined;
  return readFileSync(list, 'utf8').startsWith('revert')
    ? [list, 'several reverts', 'git revert --abort']
    : [list, 'several cherry-picks', 'git cherry-pick --abort'];
}

/** A conflict may be left where nothing is under way: of `git stash pop`, for example. */
function assertMerged(git: Git): void {
  const lines = git.run(['ls-files', '--unmerged', '-z']).split('\0');
  const paths = [...new Set(lines.flatMap((line) => line.split('\t')[1] ?? []))];
  if (paths.length === 0) return;
  throw new GitError(
    `These files still have a conflict: ${paths.join(', ')}. Nothing was changed.\n` +
      `Decide what they are to be, and say so: git add ${paths.join(' ')}`,
  );
}
