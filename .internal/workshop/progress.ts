import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

/** What the tests said when they were last run, for every exercise that they were run for. Git does not see this file. */
const progressPath = '.workshop/progress.json';

const count = z.int().nonnegative();
const progressSchema = z.record(z.string().regex(/^\d+$/), z.object({ passed: count, total: count }));

/** The tests of an exercise at their last run. */
export type ExerciseProgress = { readonly passed: number; readonly total: number };

/** By the number of the exercise. */
export type Progress = ReadonlyMap<number, ExerciseProgress>;

/** What is known of the progress. A file that is missing or damaged means that nothing is known: the next run of the tests writes it. */
export function readProgress(root: string): Progress {
  try {
    const stored = progressSchema.parse(JSON.parse(readFileSync(join(root, progressPath), 'utf8')));
    return new Map(Object.entries(stored).map(([number, progress]) => [Number(number), progress]));
  } catch {
    return new Map();
  }
}

/** Remembers the outcome of a run. A folder that cannot be written to is no reason for a test run to fail. */
export function writeProgress(root: string, exercise: number, progress: ExerciseProgress): void {
  const path = join(root, progressPath);
  const all = new Map(readProgress(root)).set(exercise, progress);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(Object.fromEntries(all))}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // The screen of npm start will say "not started", and that is all.
  }
}
