import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readFolder } from './sources.ts';
import { composeSteps } from './steps.ts';

/** The exercise cannot be unpacked there. Nothing was written. */
export class UnpackError extends Error {
  override readonly name = 'UnpackError';
}

/**
 * Writes an exercise into a folder, from the same composition as its branch, and without git.
 *
 * @param root the folder with main
 * @param number the exercise, counted from 1
 * @param kind its start, or its solution
 * @param folder where to: it is made, or it is empty
 * @throws UnpackError, NoSourceError, ManifestError
 */
export function unpack(root: string, number: number, kind: 'start' | 'solution', folder: string): void {
  const { manifest, files } = readFolder(root);
  const step = composeSteps(manifest, files).find((one) => one.exercise.number === number && one.kind === kind);
  if (step === undefined) {
    throw new UnpackError(`There is no exercise ${number}: they are numbered from 1 to ${manifest.exercises.length}.`);
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UnpackError(`Nothing was unpacked: ${folder} is not empty. Name a folder that does not exist yet.`);
  }
  for (const [path, source] of step.tree) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, source), target);
  }
}
