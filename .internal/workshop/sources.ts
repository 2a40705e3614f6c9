import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from './files.ts';
import type { Git } from './git.ts';
import { chooseMain, isMainTree } from './main-branch.ts';
import { manifestPath, parseManifest, type Manifest } from './manifest.ts';
import type { Files } from './steps.ts';
import { filesOf } from './trees.ts';

/** Main in a folder or in a commit: all branches are made from it. */
export type Source = { readonly manifest: Manifest; readonly files: Files };

/** Main as a commit. */
export type CommitSource = Source & {
  readonly commit: string;
  /** The git mode of each file, by its object in {@link Source.files}. */
  readonly modes: ReadonlyMap<string, string>;
  /** A note for the learner about the choice of this commit. */
  readonly notice: string | undefined;
};

/** Main was not found, neither as a folder nor as a commit. */
export class NoSourceError extends Error {
  override readonly name = 'NoSourceError';
}

/**
 * Main in a folder, as it is now: committed or not, with or without git.
 *
 * @throws NoSourceError, ManifestError
 */
export function readFolder(folder: string): Source {
  const paths = listFiles(folder);
  if (!isMainTree(paths)) {
    throw new NoSourceError('This folder contains only one exercise. Use a folder with the main branch.');
  }
  return {
    manifest: parseManifest(readFileSync(join(folder, manifestPath), 'utf8')),
    files: new Map(paths.map((path) => [path, fingerprintOf(join(folder, path), path)])),
  };
}

function fingerprintOf(file: string, path: string): string {
  try {
    return createHash('sha1').update(readFileSync(file)).digest('hex');
  } catch {
    throw new NoSourceError(`${path} cannot be read: it may be a link to a folder or a broken link. Remove it first.`);
  }
}

/**
 * Main as a commit: the current one if it is main; else the branch main, here or at a remote; else
 * another branch with the workshop. If that is ahead of the remote's main, the remote's is used.
 *
 * @param mine use it even then
 * @throws NoSourceError, ManifestError
 */
export function readCommit(git: Git, mine = false): CommitSource {
  const main = chooseMain(git, mine);
  if (main === undefined) {
    const remote =
      git
        .ask('remote')
        ?.split('\n')
        .find((name) => name !== '') ?? 'origin';
    throw new NoSourceError(
      `No branch of this repository contains the whole workshop. Fetch the main branch: git fetch ${remote} main:main`,
    );
  }
  const { commit, notice } = main;
  const entries = filesOf(git, commit);
  return {
    manifest: parseManifest(git.run(['cat-file', 'blob', `${commit}:${manifestPath}`]), 'from another time'),
    files: new Map([...entries].map(([path, { object }]) => [path, object])),
    commit,
    modes: new Map([...entries].map(([path, { mode }]) => [path, mode])),
    notice,
  };
}
