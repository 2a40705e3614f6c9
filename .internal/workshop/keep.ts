import { join } from 'node:path';

import { contentOf, fingerprint } from './disk.ts';
import { GitError, type Git } from './git.ts';
import type { Snapshot } from './snapshot.ts';
import type { Entry } from './trees.ts';

/** The work that was kept, and where. */
export type Kept = { readonly branch: string; readonly commit: string };

/**
 * Commits a snapshot, without a branch. Files that were staged and then changed get an earlier
 * commit.
 *
 * @returns `undefined` when everything is committed
 */
export function commitSnapshot(git: Git, { head, tree, staged }: Snapshot, message: string): string | undefined {
  if (tree === head.tree && staged === head.tree) return undefined;
  const person = identity(git);
  const commit = (of: string, parent: string, text: string) =>
    git.run(['commit-tree', of, '-p', parent, '-m', text], '', person).trimEnd();
  const isStagedApart = staged !== head.tree && staged !== tree;
  const parent = isStagedApart ? commit(staged, head.commit, `${message} (as it was staged)`) : head.commit;
  return commit(tree, parent, message);
}

/**
 * Whether no branch, remote or tag leads to a commit. A stash does not count: it can be dropped.
 */
export function isStray(git: Git, commit: string): boolean {
  const where = ['refs/heads', 'refs/remotes', 'refs/tags'];
  return git.run(['for-each-ref', '--contains', commit, '--count=1', ...where]) === '';
}

/** A new branch name `backup/NAME-TIME`. */
export function nameBackup(git: Git, name: string): string {
  const taken = new Set(git.run(['for-each-ref', '--format=%(refname:short)', 'refs/heads']).split('\n'));
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  // A branch called "backup" would block "backup/…".
  const base = `backup${taken.has('backup') ? '-' : '/'}${name.replaceAll('/', '-')}-${time}`;
  for (let count = 1; ; count += 1) {
    const branch = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(branch)) return branch;
  }
}

/**
 * Reads the files that will go back from git, and compares them with the folder.
 *
 * @returns the fingerprint of each file, to be checked again when it goes
 * @throws GitError when the kept version of a file differs
 */
export function readBack(git: Git, { going, files }: Snapshot): ReadonlyMap<string, string> {
  const before = new Map(going.map((path) => [path, fingerprint(join(git.folder, path)) ?? '']));
  const objects = readObjects(
    git,
    going.flatMap((path) => files.get(path) ?? []),
  );
  const changed = going.find((path) => {
    const entry = files.get(path);
    if (entry === undefined || before.get(path) === '') return true;
    const content = contentOf(join(git.folder, path));
    return objects.get(entry.object)?.equals(content) !== true && !isKeptFiltered(git, path, entry, content);
  });
  if (changed !== undefined) throw new SavedMeanwhileError(changed);
  return before;
}

/** A file was saved while it was being kept, so the kept version is old. */
export class SavedMeanwhileError extends GitError {
  constructor(path: string) {
    super(`${path} was saved meanwhile. Nothing was changed: run the command again.`);
  }
}

/** Whether git has the same file in normalized form, for example with other line ends. */
function isKeptFiltered(git: Git, path: string, { object }: Entry, content: Buffer): boolean {
  return git.run(['hash-object', '--stdin', '--path', path], content).trimEnd() === object;
}

function readObjects(git: Git, entries: readonly Entry[]): ReadonlyMap<string, Buffer> {
  const objects = new Map<string, Buffer>();
  if (entries.length === 0) return objects;
  const printed = git.read(['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''));
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at);
    const [object = '', kind, size] = printed.toString('utf8', at, end).split(' ');
    if (kind !== 'blob')
      throw new GitError(`Git cannot read the object that it has stored (${object}). Nothing was changed.`);
    objects.set(object, printed.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return objects;
}

/** The author of the commit: the learner, or a placeholder when git has no name. */
function identity(git: Git): NodeJS.ProcessEnv {
  if (git.ask('var', 'GIT_COMMITTER_IDENT') !== undefined) return {};
  const [name, email] = ['Learner', 'learner@localhost'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}
