import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import type { Exercise } from './manifest.ts';
import type { Place } from './place.ts';
import { hashOfSource } from './source-hash.ts';

/** The results of the last test runs, and the hints that were shown. Git ignores this file. */
const progressPath = '.workshop/progress.json';

const count = z.int().nonnegative();
const counts = z.object({ passed: count, total: count });
const progressSchema = z.object({
  exercises: z.record(
    z.string().regex(/^\d+$/),
    counts.extend({ steps: z.record(z.string(), counts), source: z.string().default('') }),
  ),
  hints: z.record(z.string(), count),
});

type Counts = { readonly passed: number; readonly total: number };

/** The result of the last run of an exercise: in total and for each step. */
export type ExerciseProgress = Counts & {
  readonly steps: Readonly<Record<string, Counts>>;
  /** The source that the tests ran on, see {@link hashOfSource}. */
  readonly source: string;
};

export type Progress = {
  /** By the number of the exercise. */
  readonly exercises: ReadonlyMap<number, ExerciseProgress>;
  /** How many hints of a step have been shown. */
  readonly hints: Readonly<Record<string, number>>;
};

/** The progress of an exercise. 'changed' means that its source has changed since the last run. */
export type State = 'not started' | 'in progress' | 'solved' | 'changed';

/**
 * The stored progress. A missing or damaged file counts as empty: the next test run writes it
 * again.
 */
export function readProgress(root: string): Progress {
  try {
    const { exercises, hints } = progressSchema.parse(JSON.parse(readFileSync(join(root, progressPath), 'utf8')));
    return { exercises: new Map(Object.entries(exercises).map(([number, one]) => [Number(number), one])), hints };
  } catch {
    return { exercises: new Map(), hints: {} };
  }
}

/** Stores the result of a run of an exercise's tests. */
export function rememberRun(root: string, exercise: number, outcome: ExerciseProgress): void {
  const { exercises, hints } = readProgress(root);
  const { passed, total, steps, source } = outcome;
  write(root, { exercises: new Map(exercises).set(exercise, { passed, total, steps, source }), hints });
}

/** Stores how many hints of a step were shown. */
export function rememberHints(root: string, step: string, shown: number): void {
  const { exercises, hints } = readProgress(root);
  write(root, { exercises, hints: { ...hints, [step]: shown } });
}

/** Deletes the progress of an exercise, after a reset. */
export function forgetExercise(root: string, exercise: number): void {
  const { exercises, hints } = readProgress(root);
  const left = [...exercises].filter(([number]) => number !== exercise);
  write(root, {
    exercises: new Map(left),
    hints: Object.fromEntries(Object.entries(hints).filter(([step]) => !step.startsWith(`${exercise}.`))),
  });
}

/** Leaves an exercise. Its result is discarded if its source has changed since the run. */
export function leaveExercise(root: string, exercise: number): void {
  const { exercises, hints } = readProgress(root);
  const known = exercises.get(exercise);
  if (known === undefined || known.source === hashOfSource(root)) return;
  write(root, { exercises: new Map([...exercises].filter(([number]) => number !== exercise)), hints });
}

function isSolved(progress: Counts | undefined): boolean {
  return progress !== undefined && progress.total > 0 && progress.passed === progress.total;
}

/**
 * The progress of an exercise, as every screen shows it.
 *
 * @param source the result of {@link currentSource}
 */
export function stateOf({ number }: Exercise, place: Place, progress: Progress, source: string | undefined): State {
  const known = progress.exercises.get(number);
  if (known === undefined) return 'not started';
  const isHere = place.exercise?.number === number && place.branch !== place.exercise.solutionBranch;
  if (isHere && source !== undefined && known.source !== source) return 'changed';
  return isSolved(known) ? 'solved' : 'in progress';
}

/**
 * The fingerprint of the source in the folder; `undefined` on main, which has no learner's code.
 */
export function currentSource({ root, exercise }: Place): string | undefined {
  return exercise === undefined ? undefined : hashOfSource(root);
}

/** A read-only folder does not make a test run fail. The screens then show "not started". */
function write(root: string, { exercises, hints }: Progress): void {
  const path = join(root, progressPath);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify({ exercises: Object.fromEntries(exercises), hints })}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // As said above.
  }
}
