import type { Git } from './git.ts';

/** A file in a git tree. */
export type Entry = { readonly mode: string; readonly object: string };

/** The difference of a path between two trees; `undefined` where a tree has no such file. */
export type Difference = {
  readonly path: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
};

/** A submodule: its files are never touched. */
export const repositoryMode = '160000';

export function filesOf(git: Git, tree: string): ReadonlyMap<string, Entry> {
  const lines = git.run(['ls-tree', '-r', '-z', '--full-tree', tree]).split('\0').slice(0, -1);
  return new Map(
    lines.map((line) => {
      const [about, path] = splitAt(line, '\t');
      const [mode = '', , object = ''] = about.split(' ');
      return [path, { mode, object }];
    }),
  );
}

/** @param paths only these paths */
export function compareTrees(
  git: Git,
  before: string,
  after: string,
  paths?: readonly string[],
): readonly Difference[] {
  const only = paths === undefined ? [] : ['--', ...paths];
  const parts = git
    .run(['--literal-pathspecs', 'diff-tree', '-r', '-z', '--raw', '--no-renames', before, after, ...only])
    .split('\0');
  return parts.flatMap((about, index) => {
    if (!about.startsWith(':')) return [];
    const [mode = '', newMode = '', object = '', newObject = ''] = about.slice(1).split(' ');
    return {
      path: parts[index + 1] ?? '',
      before: entryOf(mode, object),
      after: entryOf(newMode, newObject),
    };
  });
}

/** Lines for `git update-index --index-info -z`. */
export function indexLines(entries: Iterable<readonly [string, Entry | undefined]>): string {
  return [...entries]
    .map(([path, entry]) => `${entry?.mode ?? '0'} ${entry?.object ?? '0'.repeat(40)}\t${path}\0`)
    .join('');
}

function entryOf(mode: string, object: string): Entry | undefined {
  return mode === '000000' ? undefined : { mode, object };
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const index = text.indexOf(mark);
  return [text.slice(0, index), text.slice(index + 1)];
}
