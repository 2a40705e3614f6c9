import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { describeFileError } from '../file-errors.ts';
import { readFolder } from '../sources.ts';
import { composeSteps } from '../steps.ts';
import { CommandError, root } from './context.ts';

/** Writes an exercise, or its solution, into a folder, without git. */
export function unpack(number: number, folder: string, options: { solution?: true }): void {
  writeStep(root, number, options.solution ? 'solution' : 'start', resolve(process.env['INIT_CWD'] ?? '.', folder));
  console.log(`Exercise ${number} is in ${folder}. Now: cd ${folder}, npm ci, npm test`);
}

/**
 * Writes a step into a folder, with the same files as its branch.
 *
 * @param main the folder with main
 * @param number the exercise, counted from 1
 * @param folder a folder that is empty or does not exist
 * @throws CommandError, NoSourceError, ManifestError; then nothing was written
 */
export function writeStep(main: string, number: number, kind: 'start' | 'solution', folder: string): void {
  const { manifest, files } = readFolder(main);
  const step = composeSteps(manifest, files).find((one) => one.exercise.number === number && one.kind === kind);
  if (step === undefined) {
    throw new CommandError(`There is no exercise ${number}: they are numbered from 1 to ${manifest.exercises.length}.`);
  }
  writeNewFolder(folder, (target) => {
    for (const [path, source] of step.tree) {
      const file = join(target, path);
      mkdirSync(dirname(file), { recursive: true });
      copyFileSync(join(main, source), file);
    }
  });
}

/**
 * Fills a folder that is empty or does not exist. On an error, nothing is written.
 *
 * @throws CommandError
 */
function writeNewFolder(folder: string, fill: (target: string) => void): void {
  const half = `${folder}.unpacking-${process.pid}`;
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new CommandError(`Nothing was unpacked: ${folder} is not empty. Name a folder that does not exist yet.`);
    }
    mkdirSync(half, { recursive: true });
    fill(half);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const sentence = describeFileError(error);
    if (sentence === undefined) throw error;
    throw new CommandError(`Nothing was unpacked. ${sentence} Name a folder that does not exist yet.`);
  }
}
