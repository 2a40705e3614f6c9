import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Git } from './git.ts';
import { comesFromExercise } from './main-branch.ts';
import { manifestPath, parseManifest, type Exercise, type Manifest } from './manifest.ts';

/** Where somebody is in the workshop. */
export type Place = {
  readonly root: string;
  readonly manifest: Manifest;
  /** The exercise whose files are in the folder; `undefined` on main. */
  readonly exercise: Exercise | undefined;
  /** The branch that is checked out, if one is. */
  readonly branch: string | undefined;
};

/**
 * Finds out where a folder is in the workshop. The files tell, and not the name of the branch: who
 * works on a branch of another name, or without git, is in an exercise all the same.
 *
 * @throws ManifestError
 */
export function findPlace(root: string): Place {
  const manifest = parseManifest(readFileSync(join(root, manifestPath), 'utf8'));
  const branch = new Git(root).ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  return { root, manifest, exercise: isMain(root, manifest) ? undefined : lastExercise(root, manifest), branch };
}

/**
 * Only main has the folders that the exercises are made from. A learner may have copied them: then
 * the history tells.
 */
function isMain(root: string, { exercises }: Manifest): boolean {
  const hasFolders = exercises.some(({ name }) => existsSync(join(root, 'exercises', name)));
  return hasFolders && !comesFromExercise(new Git(root), 'HEAD');
}

/** The last exercise that has brought its tests. */
function lastExercise(root: string, { exercises }: Manifest): Exercise | undefined {
  const folders = existsSync(join(root, 'tests')) ? readdirSync(join(root, 'tests')) : [];
  return exercises.findLast(({ name }) => folders.includes(name));
}
