import type { PageState } from './state.ts';

/** What a screen reader says about the last run, in a sentence or two. */
export function announcement({ run, place }: PageState): string {
  const result = run?.result;
  if (run?.state === 'endless') return 'Your code does not end. The tests were stopped.';
  if (run?.state !== 'done' || result === undefined) return '';
  if (result.result === 'solved') return `Exercise ${place?.exercise?.number ?? ''} is solved.`;
  const counts = `${result.passed} of ${result.total} tests pass.`;
  return result.failure === undefined ? counts : `${counts} ${result.failure.test} fails.`;
}
