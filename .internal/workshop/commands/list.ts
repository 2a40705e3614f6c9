import { isSolved, readProgress } from '../progress.ts';
import { findPlace } from '../place.ts';
import { root } from './context.ts';

/** Lists all exercises with their progress, for people or for programs. */
export function list(options: { json?: true }): void {
  const place = findPlace(root);
  const progress = readProgress(root);
  const rows = place.manifest.exercises.map(({ number, slug, title, minutes, branch, solutionBranch, page }) => {
    const known = progress.exercises.get(number);
    const state = known === undefined ? 'not started' : isSolved(known) ? 'solved' : 'in progress';
    const current = place.exercise?.number === number;
    return {
      number,
      slug,
      title,
      minutes,
      branch,
      solutionBranch,
      page,
      current,
      state,
      passed: known?.passed ?? 0,
      total: known?.total ?? null,
      steps: known?.steps ?? {},
    };
  });
  if (options.json) {
    console.log(JSON.stringify({ branch: place.branch ?? null, exercises: rows }, null, 2));
    return;
  }
  for (const { number, title, state, passed, total, current } of rows) {
    const count = state === 'in progress' ? ` (${passed} of ${String(total)} tests)` : '';
    console.log(`${current ? '>' : ' '} ${number}  ${title.padEnd(26)} ${state}${count}`);
  }
}
