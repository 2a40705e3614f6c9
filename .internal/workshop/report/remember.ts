import type { Place } from '../place.ts';
import { readProgress, rememberRun, type ExerciseProgress } from '../progress.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Stores the result of a run as progress, if all tests of the exercise ran on the learner's code.
 *
 * @param source the source that the tests ran on
 */
export function remember({ root, branch }: Place, verdict: Verdict, source: string): void {
  const { exercise, passed, total, steps, result, complete } = verdict;
  if (branch === exercise.solutionBranch) return;
  if (result === 'unreadable') {
    rememberFailure(root, exercise.number, undefined, source);
    return;
  }
  if (!complete || total === 0) return;
  const counts = steps.map(({ number, passed: done, total: all }) => [number, { passed: done, total: all }] as const);
  rememberRun(root, exercise.number, { passed, total, steps: Object.fromEntries(counts), source });
}

/**
 * Stores that one test fails, and keeps everything else: the run was stopped early.
 *
 * @param step the step that the test belongs to
 */
export function rememberFailure(root: string, exercise: number, step: string | undefined, source: string): void {
  const known = readProgress(root).exercises.get(exercise) ?? unknown;
  const counts = known.steps[step ?? ''];
  const steps = counts === undefined ? known.steps : { ...known.steps, [step ?? '']: oneLess(counts) };
  rememberRun(root, exercise, { ...oneLess(known), steps, source });
}

const unknown: ExerciseProgress = { passed: 0, total: 1, steps: {}, source: '' };

function oneLess<Counts extends { readonly passed: number; readonly total: number }>(counts: Counts): Counts {
  return { ...counts, passed: Math.min(counts.passed, counts.total - 1) };
}
