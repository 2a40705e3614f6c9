import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { GitError, type Git } from './git.ts';

/** What has been kept, and where. */
export type Kept = { readonly branch: string; readonly commit: string };

/**
 * Refuses to go on while a merge, a rebase or something of the kind is under way: whoever has begun it has to end it.
 *
 * @throws GitError that says how
 */
export function assertNothingUnderWay(git: Git): void {
  const states = [
    ['MERGE_HEAD', 'a merge', 'git merge --abort'],
    ['rebase-merge', 'a rebase', 'git rebase --abort'],
    ['rebase-apply', 'a rebase', 'git rebase --abort'],
    ['CHERRY_PICK_HEAD', 'a cherry-pick', 'git cherry-pick --abort'],
    ['REVERT_HEAD', 'a revert', 'git revert --abort'],
    ['BISECT_LOG', 'a bisect', 'git bisect reset'],
  ] as const;
  for (const [file, what, undo] of states) {
    const path = git.run(['rev-parse', '--git-path', file]).trimEnd();
    if (existsSync(resolve(git.folder, path))) {
      throw new GitError(
        `You are in the middle of ${what}. Bring it to its end, or undo it with "${undo}". Nothing was changed.`,
      );
    }
  }
}

/**
 * Makes a commit of everything in the folder that git does not ignore. Neither the folder nor the index nor a branch is touched. What
 * was staged and then changed again gets a commit of its own before it.
 *
 * @returns the commit, or `undefined` when there is nothing that is not committed
 */
export function snapshot(git: Git, message: string): string | undefined {
  const head = git.run(['rev-parse', 'HEAD']).trimEnd();
  const headTree = git.run(['rev-parse', 'HEAD^{tree}']).trimEnd();
  const stagedTree = git.run(['write-tree']).trimEnd();
  const tree = treeOfFolder(git);
  if (tree === headTree && stagedTree === headTree) return undefined;

  const commit = (of: string, parent: string, text: string) =>
    git.run(['commit-tree', of, '-p', parent, '-m', text], '', identity(git)).trimEnd();
  const parent =
    stagedTree === headTree || stagedTree === tree ? head : commit(stagedTree, head, `${message} (as it was staged)`);
  return commit(tree, parent, message);
}

/**
 * Keeps everything that is not committed, so that the branch can be left. On a branch to work on, it becomes a commit there; on main, on a
 * solution or without a branch, a branch of its own. Afterwards the folder is clean.
 *
 * @param inPlace whether the branch that is checked out may take the commit
 * @returns what was kept, or `undefined` when there was nothing to keep
 */
export function keepWork(git: Git, message: string, inPlace: boolean): Kept | undefined {
  const here = git.ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  const unsaved = snapshot(git, message);
  const commit = unsaved ?? git.run(['rev-parse', 'HEAD']).trimEnd();
  const isStray = here === undefined && git.ask('for-each-ref', '--contains', commit, '--count=1') === '';
  if (unsaved === undefined && !isStray) return undefined;

  if (here !== undefined && inPlace) {
    git.run(['update-ref', '-m', 'workshop: work in progress', 'HEAD', commit]);
    followFolder(git, commit);
    return { branch: here, commit };
  }
  const branch = backUp(git, commit, here ?? 'detached');
  git.run(['symbolic-ref', '-m', 'workshop: work in progress', 'HEAD', `refs/heads/${branch}`]);
  followFolder(git, commit);
  return { branch, commit };
}

/**
 * Refuses to write where a file lies that git ignores: such a file is in no commit, and could not be found again.
 *
 * @throws GitError that names it
 */
export function assertNotIgnored(git: Git, paths: readonly string[]): void {
  const ignored = git.ask('ls-files', '--others', '--ignored', '--exclude-standard', '--', ...paths) ?? '';
  if (ignored === '') return;
  throw new GitError(
    `Git ignores ${ignored.replaceAll('\n', ', ')}, so it cannot be kept. Rename it first. Nothing was changed.`,
  );
}

/** Makes a branch `backup/NAME-TIME` of a commit. @returns its name */
export function backUp(git: Git, commit: string, name: string): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  const base = `backup/${name.replaceAll('/', '-')}-${time}`;
  for (let count = 1; ; count += 1) {
    const branch = count === 1 ? base : `${base}-${count}`;
    if (git.ask('rev-parse', '--verify', '--quiet', `refs/heads/${branch}`) !== undefined) continue;
    git.run(['update-ref', `refs/heads/${branch}`, commit, '']);
    return branch;
  }
}

/** Makes the index what a commit has, after a {@link snapshot}: the folder is the same already. */
export function followFolder(git: Git, commit: string): void {
  git.run(['read-tree', commit]);
  git.run(['update-index', '-q', '--refresh']);
}

/** The tree that a commit of everything would have. It is made in an index of its own. */
function treeOfFolder(git: Git): string {
  const index = resolve(git.folder, git.run(['rev-parse', '--git-path', 'index']).trimEnd());
  const copy = join(tmpdir(), `workshop-index-${process.pid}-${Date.now()}`);
  if (existsSync(index)) copyFileSync(index, copy);
  const env = { GIT_INDEX_FILE: copy };
  try {
    git.run(['add', '--all', '.'], '', env);
    return git.run(['write-tree'], '', env).trimEnd();
  } finally {
    rmSync(copy, { force: true });
    rmSync(`${copy}.lock`, { force: true });
  }
}

/** Who makes the commit: the learner, or, where git does not know them yet, somebody of that name. */
function identity(git: Git): NodeJS.ProcessEnv {
  if (git.ask('var', 'GIT_COMMITTER_IDENT') !== undefined) return {};
  const [name, email] = ['Learner', 'learner@localhost'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}
