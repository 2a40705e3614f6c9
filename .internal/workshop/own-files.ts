import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Git } from './git.ts';
import type { Exercise } from './manifest.ts';
import type { CommitSource } from './sources.ts';
import type { Step } from './steps.ts';

/**
 * A file of an exercise as a learner has written it, where the next exercise leaves it as the
 * solution has it.
 */
export type OwnFile = {
  readonly path: string;
  readonly content: Buffer;
  /** What tells the content that the next exercise begins with. */
  readonly follows: string;
};

type Workshop = { readonly git: Git; readonly source: CommitSource; readonly steps: readonly Step[] };

/**
 * The files that can be taken along: of this exercise, solved in another way than the solution
 * does, and left alone by the next.
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
 * Writes the files into the folder of the next exercise, as changes that are not committed. One
 * that is no longer what the exercise begins with is somebody's work: it is left alone.
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
