import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Git } from './git.ts';
import type { Exercise } from './manifest.ts';
import type { CommitSource } from './sources.ts';
import type { Step } from './steps.ts';

/**
 * A file of an exercise in the learner's own version, where the next exercise starts with the
 * solution's.
 */
export type OwnFile = {
  readonly path: string;
  readonly content: Buffer;
  /** The fingerprint of the content at the start of the next exercise. */
  readonly follows: string;
};

type Workshop = { readonly git: Git; readonly source: CommitSource; readonly steps: readonly Step[] };

/**
 * The files that can be kept: they differ from the solution, and the next exercise does not change
 * them.
 */
export function findOwnFiles({ git, source, steps }: Workshop, { number }: Exercise): readonly OwnFile[] {
  const [start, solution, next] = [stepOf(number, 'start'), stepOf(number, 'solution'), stepOf(number + 1, 'start')];
  return [...(solution?.tree.keys() ?? [])].flatMap((path) => {
    const solved = contentAt(solution, path);
    const isOfExercise = contentAt(start, path) !== solved;
    if (solved === undefined || !isOfExercise || contentAt(next, path) !== solved) return [];
    const mine = git.ask('hash-object', '--', path);
    if (mine === undefined || mine === solved) return [];
    return [{ path, content: readFileSync(join(git.folder, path)), follows: solved }];
  });

  function stepOf(wanted: number, kind: Step['kind']): Step | undefined {
    return steps.find((step) => step.exercise.number === wanted && step.kind === kind);
  }

  function contentAt(step: Step | undefined, path: string): string | undefined {
    return source.files.get(step?.tree.get(path) ?? '');
  }
}

/**
 * Writes the files into the folder of the next exercise, as uncommitted changes. A file that has
 * changed there already stays as it is.
 *
 * @returns the paths that were written, and those that were left
 */
export function takeAlong(git: Git, files: readonly OwnFile[]) {
  const isFree = ({ path, follows }: OwnFile) => git.ask('hash-object', '--', path) === follows;
  const taken = files.filter(isFree);
  const left = files.filter((file) => !taken.includes(file));
  for (const { path, content } of taken) writeFileSync(join(git.folder, path), content);
  return { taken: taken.map(({ path }) => path), left: left.map(({ path }) => path) };
}
