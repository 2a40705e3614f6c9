import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { contentOf, filesInTheWay, isFileAt, lstat, modeOf } from './disk.ts';
import { gitFolders, GitError, type Git } from './git.ts';
import { skippedFiles } from './stage.ts';
import { readHead, type Head } from './state.ts';
import { compareTrees, filesOf, indexLines, repositoryMode, type Difference, type Entry } from './trees.ts';

/** All that is in a folder at one moment, as objects of git. Nothing but objects was written. */
export type Snapshot = {
  readonly head: Head;
  /**
   * Everything in the folder that git does not ignore, and whatever lies in the way of the files
   * that are wanted.
   */
  readonly tree: string;
  /** What was staged. */
  readonly staged: string;
  /** What has to change, to get the files that are wanted. */
  readonly changes: readonly Difference[];
  /** The files in the folder that have to go. */
  readonly going: readonly string[];
  /** The same files, as {@link Snapshot.tree} has them. */
  readonly files: ReadonlyMap<string, Entry>;
  /** New files that are too large for a commit: they stay where they are. */
  readonly large: readonly string[];
};

/**
 * A new file above this size is left in the folder: GitHub would warn of it, and git would take
 * minutes.
 */
const largest = 50 * 1024 * 1024;

/**
 * What stays in the folder whatever is checked out: packages, our own notes, and what editors need
 * while a file is open.
 */
const staying = ['.workshop', 'node_modules'];
const notKept = [
  ...staying.map((name) => `:(top,exclude)${name}`),
  ...['node_modules', 'node_modules/**', '.*.sw[a-p]', '.#*'].map((name) => `:(top,exclude,glob)**/${name}`),
];

/**
 * Makes objects of everything in the folder, whatever git thinks of it: assumed to be unchanged,
 * skipped, or ignored and in the way.
 *
 * @param wanted the tree whose files the folder is to have
 * @param paths only these of them
 * @param scratch a folder for an index of our own
 */
export function takeSnapshot(
  git: Git,
  wanted: string,
  paths: readonly string[] | undefined,
  scratch: string,
): Snapshot {
  const head = readHead(git);
  const copy = copyIndex(git, scratch);
  const staged = git.run(['write-tree'], '', { GIT_INDEX_FILE: copy }).trimEnd();
  const env = { GIT_INDEX_FILE: join(scratch, 'index') };
  git.run(['read-tree', staged], '', env);
  keepSkipped(git, copy, env);
  const large = addAll(git, env);
  const seen = git.run(['write-tree'], '', env).trimEnd();

  const changes = compareTrees(git, seen, wanted, paths).filter(isOurs);
  const going = [...new Set(changes.flatMap(({ path }) => filesInTheWay(git.folder, path)))];
  const known = filesOf(git, seen);
  const unknown = going.filter((path) => !known.has(path));
  if (unknown.length === 0) return { head, tree: seen, staged, changes, going, files: known, large };
  assertSmall(git, unknown);
  addExactly(git, unknown, env);
  const tree = git.run(['write-tree'], '', env).trimEnd();
  return { head, tree, staged, changes, going, files: filesOf(git, tree), large };
}

/** The index of the folder, to be read without a lock. */
function copyIndex(git: Git, scratch: string): string {
  const index = join(gitFolders(git).own, 'index');
  const copy = join(scratch, 'index-before');
  if (existsSync(index)) copyFileSync(index, copy);
  return copy;
}

/** A file outside of a sparse checkout is not there, and was not deleted. */
function keepSkipped(git: Git, copy: string, env: NodeJS.ProcessEnv): void {
  const away = skippedFiles(git, copy).filter((path) => lstat(join(git.folder, path)) === undefined);
  if (away.length > 0) git.run(['update-index', '-z', '--skip-worktree', '--stdin'], away.join('\0'), env);
}

/** @returns the files that were left out because of their size */
function addAll(git: Git, env: NodeJS.ProcessEnv): readonly string[] {
  const list = (...options: readonly string[]) =>
    git
      .run(['ls-files', ...options, '-z', '--', '.', ...notKept], '', env)
      .split('\0')
      .slice(0, -1);
  const isFile = (line: string) => !line.startsWith('S ') && !line.startsWith(`H ${repositoryMode}`);
  const tracked = list('--stage', '-t')
    .filter(isFile)
    .map((line) => line.slice(line.indexOf('\t') + 1));
  // A repository inside of this one is listed with a slash. Git would keep its name only: so it
  // stays in the folder.
  const others = list('--others', '--exclude-standard').filter((path) => !path.endsWith('/'));
  const large = others.filter((path) => (lstat(join(git.folder, path))?.size ?? 0) > largest);

  const gone = tracked.filter((path) => !isFileAt(git.folder, path));
  const there = [...tracked.filter((path) => !gone.includes(path)), ...others.filter((path) => !large.includes(path))];
  const update = (options: readonly string[], paths: readonly string[]) =>
    git.run(['update-index', '-z', ...options, '--stdin'], paths.map((path) => `${path}\0`).join(''), env);
  if (gone.length > 0) update(['--force-remove'], gone);
  if (there.length > 0) update(['--add', '--replace'], there);
  return large;
}

/** Whether a path is one that may be touched. */
function isOurs({ path, before, after }: Difference): boolean {
  if (before?.mode === repositoryMode || after?.mode === repositoryMode) return false;
  return !staying.includes(path.split('/')[0] ?? '');
}

function assertSmall(git: Git, paths: readonly string[]): void {
  const large = paths.filter((path) => (lstat(join(git.folder, path))?.size ?? 0) > largest);
  if (large.length === 0) return;
  throw new GitError(
    `${large.join(', ')} is in the way, and too large to be kept. Rename it first. Nothing was changed.`,
  );
}

/** Adds files byte for byte, also those that git ignores. */
function addExactly(git: Git, paths: readonly string[], env: NodeJS.ProcessEnv): void {
  const entries = paths.map((path) => {
    const file = join(git.folder, path);
    const object = git.run(['hash-object', '-w', '--stdin'], contentOf(file)).trimEnd();
    return [path, { mode: modeOf(file), object }] as const;
  });
  git.run(['update-index', '-z', '--replace', '--add', '--index-info'], indexLines(entries), env);
}
