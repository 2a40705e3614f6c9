import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Git } from './git.ts';
import { manifestPath, parseManifest, type Manifest } from './manifest.ts';
import type { Files } from './steps.ts';

/** Main, wherever it is: what all branches are made from. */
export type Source = { readonly manifest: Manifest; readonly files: Files };

/** Main as a commit. */
export type CommitSource = Source & {
  readonly commit: string;
  /** The mode that git has for each file. Its object is what {@link Source.files} tells it by. */
  readonly modes: ReadonlyMap<string, string>;
};

/** Main is not here, neither as a folder nor as a commit. */
export class NoSourceError extends Error {
  override readonly name = 'NoSourceError';
}

/**
 * Main in a folder, as it is at this moment: committed or not, with git or without.
 *
 * @throws NoSourceError, ManifestError
 */
export function readFolder(folder: string): Source {
  const paths = listFiles(folder);
  if (!paths.some((path) => path.startsWith('solutions/'))) {
    throw new NoSourceError(
      'This folder is an exercise, and does not have the others. Use a folder with the main branch.',
    );
  }
  return {
    manifest: parseManifest(readFileSync(join(folder, manifestPath), 'utf8')),
    files: new Map(
      paths.map((path) => [
        path,
        createHash('sha1')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      ]),
    ),
  };
}

/**
 * Main as a commit: the one that is checked out, if it is main; else the branch main, here or at a remote; else whatever
 * branch has the workshop.
 *
 * @throws NoSourceError, ManifestError
 */
export function readCommit(git: Git): CommitSource {
  const commit = findMain(git);
  if (commit === undefined) {
    throw new NoSourceError(
      'No branch of this repository has the whole workshop. Fetch its main branch: git fetch origin main',
    );
  }
  const entries = git
    .run(['ls-tree', '-r', '-z', '--full-tree', commit])
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [about = '', path = ''] = line.split('\t');
      const [mode = '', , object = ''] = about.split(' ');
      return { mode, object, path };
    });
  return {
    manifest: parseManifest(git.run(['cat-file', 'blob', `${commit}:${manifestPath}`])),
    files: new Map(entries.map(({ path, object }) => [path, object])),
    commit,
    modes: new Map(entries.map(({ path, mode }) => [path, mode])),
  };
}

function findMain(git: Git): string | undefined {
  const refs =
    git.ask('for-each-ref', '--sort=-committerdate', '--format=%(refname)', 'refs/heads', 'refs/remotes') ?? '';
  const mains = /^refs\/(heads|remotes\/[^/]+)\/(main|master|HEAD)$/;
  const all = refs.split('\n').filter((ref) => ref !== '');
  const candidates = [
    'HEAD',
    ...all.filter((ref) => mains.test(ref)).toSorted(),
    ...all.filter((ref) => !mains.test(ref)),
  ];

  const questions = candidates.flatMap((ref) => [`${ref}^{commit}`, `${ref}:solutions`, `${ref}:${manifestPath}`]);
  const answers = git
    .run(['cat-file', '--batch-check'], `${questions.join('\n')}\n`)
    .trimEnd()
    .split('\n');
  const index = candidates.findIndex((_, number) =>
    answers.slice(number * 3, number * 3 + 3).every((answer) => !answer.endsWith(' missing')),
  );
  return index < 0 ? undefined : answers[index * 3]?.split(' ')[0];
}

/** The files of a folder, but for those that git does not keep: paths with slashes, in order. */
function listFiles(folder: string, path = ''): readonly string[] {
  const ignored = ['node_modules', '.git', '.data', '.workshop'];
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => !ignored.includes(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      return entry.isDirectory() ? listFiles(folder, inside) : [inside];
    });
}
