import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import picocolors from 'picocolors';

import { updateBranches } from '../branches.ts';
import { makeCommits } from '../commits.ts';
import { Git, openRepository } from '../git.ts';
import type { Exercise } from '../manifest.ts';
import { findPlace, type Place } from '../place.ts';
import { recover } from '../recover.ts';
import { readCommit, type CommitSource } from '../sources.ts';
import { composeSteps, type Step } from '../steps.ts';
import type { Change } from '../work.ts';

/** The folder of the workshop. */
export const root = join(import.meta.dirname, '..', '..', '..');

export const colors = picocolors.createColors(process.stdout.isTTY ? !process.env['NO_COLOR'] : false);

/** The program of vitest, wherever its package is. */
export const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest/package.json'))), 'vitest.mjs');

/** A command failed for a reason that its user can fix. Nothing was changed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What the commands that work with branches need: git, main, and the commit of every step. */
export type Workshop = {
  readonly place: Place;
  readonly git: Git;
  readonly source: CommitSource;
  readonly steps: readonly Step[];
  /** The commit of each step, in their order. */
  readonly commits: readonly string[];
  /** The commit of a step. */
  readonly commitOf: (exercise: Exercise, kind: Step['kind']) => string;
};

/** Finishes what an interrupted command left behind, and reports it. */
export function settle(): void {
  const told = recover(new Git(root));
  if (told !== undefined) console.log(told);
}

/** @throws NoRepositoryError, NoSourceError, ManifestError */
export function openWorkshop(): Workshop {
  const git = openRepository(root);
  settle();
  const source = readCommit(git);
  const steps = composeSteps(source.manifest, source.files);
  const commits = makeCommits(git, source, steps);
  return {
    place: findPlace(root),
    git,
    source,
    steps,
    commits,
    commitOf: (exercise, kind) =>
      commits[steps.findIndex((step) => step.exercise.number === exercise.number && step.kind === kind)] ?? '',
  };
}

/** Makes the missing branches. */
export function ensureBranches({ git, source, commits }: Workshop): void {
  if (source.notice !== undefined) console.log(`${source.notice}\n`);
  updateBranches(git, source, commits);
}

/**
 * Reports where work was kept.
 *
 * @param message the subject of the commit, if it is on the learner's own branch
 */
export function tellWhatWasKept({ kept, large, rescued }: Change, message?: string): void {
  if (kept !== undefined) {
    const commit = message === undefined ? '' : `, as the commit ${kept.commit.slice(0, 10)} "${message}"`;
    console.log(`Your work is kept on ${kept.branch}${commit}.`);
  }
  if (large.length > 0) console.log(`Too large for a commit, and left in place: ${large.join(', ')}.`);
  if (rescued !== undefined) console.log(rescued);
}

/** @throws CommandError on the main branch */
export function currentExercise({ exercise }: Place): Exercise {
  if (exercise !== undefined) return exercise;
  throw new CommandError('You are on the main branch, not in an exercise. Begin with: npm run workshop -- start 1');
}

/** @throws CommandError when there is no exercise of this number */
export function exerciseNumbered({ manifest }: Place, number: number): Exercise {
  const found = manifest.exercises.find((exercise) => exercise.number === number);
  if (found !== undefined) return found;
  throw new CommandError(`There is no exercise ${number}: they are numbered from 1 to ${manifest.exercises.length}.`);
}
