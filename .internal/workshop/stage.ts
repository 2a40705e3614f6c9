import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { fingerprint, lstat } from './disk.ts';
import { GitError, type Git } from './git.ts';
import { filesOf, indexLines, type Difference } from './trees.ts';

/**
 * Lets git write the wanted files to a temporary folder, with line ends, links and filters, before
 * anything else changes.
 *
 * @returns the fingerprint of each file
 */
export function stageFiles(
  git: Git,
  wanted: string,
  changes: readonly Difference[],
  area: string,
): ReadonlyMap<string, string> {
  const target = join(area, 'new');
  mkdirSync(target, { recursive: true });
  const paths = changes.filter(({ after }) => after !== undefined).map(({ path }) => path);
  if (paths.length === 0) return new Map();

  const entries = changes.map(({ path, after }) => [path, after] as const);
  const attributes = [...filesOf(git, wanted)].filter(([path]) => path.split('/').at(-1) === '.gitattributes');
  const index = join(area, 'index-stage');
  const env = { GIT_INDEX_FILE: index };
  git.run(['update-index', '-z', '--replace', '--add', '--index-info'], indexLines([...entries, ...attributes]), env);
  const tree = git.run(['write-tree'], '', env).trimEnd();
  rmSync(index);
  git.run(['read-tree', '-m', '-u', tree], '', { ...env, GIT_WORK_TREE: target });

  const skipped = new Set(skippedFiles(git, index));
  return new Map(
    paths
      .filter((path) => !skipped.has(path))
      .map((path) => {
        const content = fingerprint(join(target, path));
        if (content === undefined) throw new GitError(`Git could not write ${path}. Nothing was changed.`);
        return [path, content];
      }),
  );
}

/**
 * Makes the index that the folder gets in the end.
 *
 * @param paths only these paths change in it
 * @returns its path
 */
export function prepareIndex(git: Git, wanted: string, paths: readonly string[] | undefined, area: string): string {
  const [before, next] = [join(area, 'index-before'), join(area, 'index-next')];
  const env = { GIT_INDEX_FILE: next };
  const files = filesOf(git, wanted);
  if (paths === undefined) {
    git.run(['read-tree', wanted], '', env);
    const skipped = [...skippedFiles(git, before), ...skippedFiles(git, join(area, 'index-stage'))];
    const away = skipped.filter((path) => files.has(path) && lstat(join(git.folder, path)) === undefined);
    if (away.length > 0) git.run(['update-index', '-z', '--skip-worktree', '--stdin'], away.join('\0'), env);
    return next;
  }
  if (existsSync(before)) copyFileSync(before, next);
  const entries = paths.map((path) => [path, files.get(path)] as const);
  git.run(['update-index', '-z', '--replace', '--add', '--index-info'], indexLines(entries), env);
  return next;
}

/** The files that a sparse checkout leaves out. */
export function skippedFiles(git: Git, index: string): readonly string[] {
  if (!existsSync(index)) return [];
  const lines = git.run(['ls-files', '-t', '-z'], '', { GIT_INDEX_FILE: index }).split('\0');
  return lines.filter((line) => line.startsWith('S ')).map((line) => line.slice(2));
}
