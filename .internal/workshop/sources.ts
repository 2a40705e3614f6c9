import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from './files.ts';
import type { Git } from './git.ts';
import { chooseMain, isMainTree } from './main-branch.ts';
import { manifestPath, parseManifest, type Manifest } from './manifest.ts';
import type { Files } from './steps.ts';
import { filesOf } from './trees.ts';

/** Main, wherever it is: what all branches are made from. */
export type Source = { readonly manifest: Manifest; readonly files: Files };

/** Main as a commit. */
export type CommitSource = Source & {
  readonly commit: string;
  /** The mode that git has for each file. Its object is what {@link Source.files} tells it by. */
  readonly modes: ReadonlyMap<string, string>;
  /** What a person has to know about the choice of this commit. */
  readonly notice: string | undefined;
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
  if (!isMainTree(paths)) {
    throw new NoSourceError(
      'This folder is an exercise, and does not have the others. Use a folder with the main branch.',
    );
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
    throw new NoSourceError(`${path} cannot be read: is it a link to a folder, or to nothing? Remove it first.`);
  }
}

/**
 * Main as a commit: the one that is checked out, if it is main; else the branch main, here or at a
 * remote; else whatever branch has the workshop. Where that has commits that main at the remote
 * does not have, the remote's is taken.
 *
 * @param mine take it all the same
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
      `No branch of this repository has the whole workshop. Fetch its main branch: git fetch ${remote} main:main`,
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
