import type { Place } from '../place.ts';
import { readProgress, rememberRun } from '../progress.ts';
import type { Verdict } from '../verdict.ts';

/**
 * Remembers a run as the learner's progress, if it says something about it: all tests of the exercise have run, and not on the
 * workshop's own solution.
 *
 * @param source the source that the tests ran on
 */
export function remember({ root, branch }: Place, verdict: Verdict, source: string): void {
  const { exercise, passed, total, steps, result, complete } = verdict;
  if (branch === exercise.solutionBranch) return;
  if (result === 'unreadable') {
    // What cannot be run counts as one test that fails.
    const known = readProgress(root).exercises.get(exercise.number) ?? { passed: 0, total: 1, steps: {} };
    rememberRun(root, exercise.number, { ...known, passed: Math.min(known.passed, known.total - 1), source });
    return;
  }
  if (!complete || total === 0) return;
  const counts = steps.map(({ number, passed: done, total: all }) => [number, { passed: done, total: all }] as const);
  rememberRun(root, exercise.number, { passed, total, steps: Object.fromEntries(counts), source });
}
