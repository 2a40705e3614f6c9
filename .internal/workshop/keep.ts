import { join } from 'node:path';

import { contentOf, fingerprint } from './disk.ts';
import { GitError, type Git } from './git.ts';
import type { Snapshot } from './snapshot.ts';
import type { Entry } from './trees.ts';

/** What has been kept, and where. */
export type Kept = { readonly branch: string; readonly commit: string };

/**
 * Makes a commit of a snapshot, on no branch yet. What was staged and then changed again gets a
 * commit of its own before it.
 *
 * @returns `undefined` when there is nothing that is not committed
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
 * Whether no branch, no remote and no tag leads to a commit. What only a stash holds is gone with
 * the stash.
 */
export function isStray(git: Git, commit: string): boolean {
  const where = ['refs/heads', 'refs/remotes', 'refs/tags'];
  return git.run(['for-each-ref', '--contains', commit, '--count=1', ...where]) === '';
}

/** A name `backup/NAME-TIME` that no branch has. */
export function nameBackup(git: Git, name: string): string {
  const taken = new Set(git.run(['for-each-ref', '--format=%(refname:short)', 'refs/heads']).split('\n'));
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  // Where a branch is called "backup", git has no room for "backup/…".
  const base = `backup${taken.has('backup') ? '-' : '/'}${name.replaceAll('/', '-')}-${time}`;
  for (let count = 1; ; count += 1) {
    const branch = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(branch)) return branch;
  }
}

/**
 * Reads back from git what a snapshot says of the files that are to go, and compares it with what
 * is in the folder.
 *
 * @returns what tells the content of each file, to be compared once more when it goes
 * @throws GitError when a file is not kept as it is now
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

/** A file was saved while it was being kept: so it was not kept. */
export class SavedMeanwhileError extends GitError {
  constructor(path: string) {
    super(`${path} was saved at this very moment. Nothing was changed: give the command again.`);
  }
}

/** Whether git has the file in the form that it keeps, as with other line ends. */
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
    if (kind !== 'blob') throw new GitError(`Git cannot read back what it was given (${object}). Nothing was changed.`);
    objects.set(object, printed.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return objects;
}

/**
 * Who makes the commit: the learner, or, where git does not know them yet, somebody of that name.
 */
function identity(git: Git): NodeJS.ProcessEnv {
  if (git.ask('var', 'GIT_COMMITTER_IDENT') !== undefined) return {};
  const [name, email] = ['Learner', 'learner@localhost'];
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}
