import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

import type { Exercise } from './manifest.ts';
import type { Place } from './place.ts';
import { hashOfSource } from './source-hash.ts';

/**
 * What the tests said when they were last run, and which hints were shown. Git does not see this
 * file.
 */
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

/** The tests of an exercise at their last run, all together and step by step. */
export type ExerciseProgress = Counts & {
  readonly steps: Readonly<Record<string, Counts>>;
  /** The source that the tests ran on, as {@link hashOfSource} tells it. */
  readonly source: string;
};

export type Progress = {
  /** By the number of the exercise. */
  readonly exercises: ReadonlyMap<number, ExerciseProgress>;
  /** How many hints of a step have been shown. */
  readonly hints: Readonly<Record<string, number>>;
};

/**
 * How far an exercise is. 'changed' means that its source is no longer the one that the tests ran
 * on.
 */
export type State = 'not started' | 'in progress' | 'solved' | 'changed';

/**
 * What is known of the progress. A file that is missing or damaged means that nothing is known: the
 * next run of the tests writes it again.
 */
export function readProgress(root: string): Progress {
  try {
    const { exercises, hints } = progressSchema.parse(JSON.parse(readFileSync(join(root, progressPath), 'utf8')));
    return { exercises: new Map(Object.entries(exercises).map(([number, one]) => [Number(number), one])), hints };
  } catch {
    return { exercises: new Map(), hints: {} };
  }
}

/** Remembers the outcome of a run of an exercise's tests. */
export function rememberRun(root: string, exercise: number, outcome: ExerciseProgress): void {
  const { exercises, hints } = readProgress(root);
  const { passed, total, steps, source } = outcome;
  write(root, { exercises: new Map(exercises).set(exercise, { passed, total, steps, source }), hints });
}

/** Remembers how many hints of a step have been shown. */
export function rememberHints(root: string, step: string, shown: number): void {
  const { exercises, hints } = readProgress(root);
  write(root, { exercises, hints: { ...hints, [step]: shown } });
}

/** Forgets what is known of an exercise: it has been put back to its start. */
export function forgetExercise(root: string, exercise: number): void {
  const { exercises, hints } = readProgress(root);
  const left = [...exercises].filter(([number]) => number !== exercise);
  write(root, {
    exercises: new Map(left),
    hints: Object.fromEntries(Object.entries(hints).filter(([step]) => !step.startsWith(`${exercise}.`))),
  });
}

/**
 * An exercise is left. What its tests said counts no longer when its source has changed since they
 * ran.
 */
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
 * How far an exercise is: the one answer that every screen gives.
 *
 * @param source what {@link currentSource} says
 */
export function stateOf({ number }: Exercise, place: Place, progress: Progress, source: string | undefined): State {
  const known = progress.exercises.get(number);
  if (known === undefined) return 'not started';
  const isHere = place.exercise?.number === number && place.branch !== place.exercise.solutionBranch;
  if (isHere && source !== undefined && known.source !== source) return 'changed';
  return isSolved(known) ? 'solved' : 'in progress';
}

/**
 * What tells the source in the folder from any other; `undefined` on main, where it is nobody's
 * answer.
 */
export function currentSource({ root, exercise }: Place): string | undefined {
  return exercise === undefined ? undefined : hashOfSource(root);
}

/**
 * A folder that cannot be written to is no reason for a test run to fail: the screens will say "not
 * started", and that is all.
 */
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
