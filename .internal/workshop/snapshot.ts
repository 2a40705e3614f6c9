import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { contentOf, filesInTheWay, isFileAt, lstat, modeOf } from './disk.ts';
import { gitFolders, GitError, type Git } from './git.ts';
import { skippedFiles } from './stage.ts';
import { readHead, type Head } from './state.ts';
import { compareTrees, filesOf, indexLines, repositoryMode, type Difference, type Entry } from './trees.ts';

/** Everything in a folder at one moment, as git objects. Only objects are written. */
export type Snapshot = {
  readonly head: Head;
  /** Everything in the folder that git does not ignore, and all files at wanted paths. */
  readonly tree: string;
  /** The staged files. */
  readonly staged: string;
  /** The changes that lead to the wanted files. */
  readonly changes: readonly Difference[];
  /** The files in the folder that have to go. */
  readonly going: readonly string[];
  /** The same files, with their content in {@link Snapshot.tree}. */
  readonly files: ReadonlyMap<string, Entry>;
  /** New files that are too large for a commit. They stay in the folder. */
  readonly large: readonly string[];
};

/** New files above this size stay in the folder: GitHub warns of them, and git is slow. */
const largest = 50 * 1024 * 1024;

/**
 * Paths that stay in every checkout: packages, the workshop's notes, and temporary files of
 * editors.
 */
const staying = ['.workshop', 'node_modules'];
const notKept = [
  ...staying.map((name) => `:(top,exclude)${name}`),
  ...['node_modules', 'node_modules/**', '.*.sw[a-p]', '.#*'].map((name) => `:(top,exclude,glob)**/${name}`),
];

/**
 * Makes git objects of everything in the folder, including files that git assumes unchanged, skips,
 * or ignores at wanted paths.
 *
 * @param wanted the tree with the wanted files
 * @param paths only these files
 * @param scratch a folder for a temporary index
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

/** The index of the folder, read without a lock. */
function copyIndex(git: Git, scratch: string): string {
  const index = join(gitFolders(git).own, 'index');
  const copy = join(scratch, 'index-before');
  if (existsSync(index)) copyFileSync(index, copy);
  return copy;
}

/** A file outside a sparse checkout is absent, not deleted. */
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
  // Git lists a nested repository with a slash, and would keep only its name. So it stays in the
  // folder.
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

/** Whether the workshop may change a path. */
function isOurs({ path, before, after }: Difference): boolean {
  if (before?.mode === repositoryMode || after?.mode === repositoryMode) return false;
  return !staying.includes(path.split('/')[0] ?? '');
}

function assertSmall(git: Git, paths: readonly string[]): void {
  const large = paths.filter((path) => (lstat(join(git.folder, path))?.size ?? 0) > largest);
  if (large.length === 0) return;
  throw new GitError(
    `Too large to be kept, and at the path of a file of the exercise: ${large.join(', ')}. Nothing was changed. Rename it first.`,
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
