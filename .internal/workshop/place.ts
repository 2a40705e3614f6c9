import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Git } from './git.ts';
import { comesFromExercise } from './main-branch.ts';
import { manifestPath, parseManifest, type Exercise, type Manifest } from './manifest.ts';

/** The exercise and the branch of a folder. */
export type Place = {
  readonly root: string;
  readonly manifest: Manifest;
  /** The exercise whose files are in the folder; `undefined` on main. */
  readonly exercise: Exercise | undefined;
  /** The branch that is checked out, if there is one. */
  readonly branch: string | undefined;
};

/**
 * Finds out which exercise is in a folder. The files decide, not the branch: it may have any name,
 * and git may be missing.
 *
 * @throws ManifestError
 */
export function findPlace(root: string): Place {
  const manifest = parseManifest(readFileSync(join(root, manifestPath), 'utf8'));
  const branch = new Git(root).ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  return { root, manifest, exercise: isMain(root, manifest) ? undefined : lastExercise(root, manifest), branch };
}

/**
 * Only main has the folders of the exercises. If a learner has copied them, the history decides.
 */
function isMain(root: string, { exercises }: Manifest): boolean {
  const hasFolders = exercises.some(({ name }) => existsSync(join(root, 'exercises', name)));
  return hasFolders && !comesFromExercise(new Git(root), 'HEAD');
}

/** The last exercise whose tests are in the folder. */
function lastExercise(root: string, { exercises }: Manifest): Exercise | undefined {
  const folders = existsSync(join(root, 'tests')) ? readdirSync(join(root, 'tests')) : [];
  return exercises.findLast(({ name }) => folders.includes(name));
}
