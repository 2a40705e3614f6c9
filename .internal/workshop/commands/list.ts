import { Git } from '../git.ts';
import { currentSource, readProgress, stateOf, type State } from '../progress.ts';
import { findPlace, type Place } from '../place.ts';
import { counted } from '../text.ts';
import { root } from './context.ts';

/** Lists all exercises with their progress, for people or for programs. */
export function list(options: { json?: true }): void {
  if (options.json) {
    const place = findPlace(root);
    console.log(JSON.stringify({ branch: place.branch ?? null, exercises: rowsOf(place) }, null, 2));
    return;
  }
  console.log(exerciseLines().join('\n'));
}

/** A line for each exercise, with its progress, for people. */
export function exerciseLines(): readonly string[] {
  const place = findPlace(root);
  const begun = branchesWithCommits(place);
  return rowsOf(place).map(({ number, branch, title, state, passed, total, current }) => {
    const words: Record<State, string> = {
      'not started': begun.includes(branch) ? 'begun, not tested' : 'not started',
      'in progress': `in progress (${passed} of ${counted(total ?? 0, 'test')})`,
      solved: 'solved',
      changed: 'changed since the tests last ran: npm test',
    };
    return `${current ? '>' : ' '} ${number}  ${title.padEnd(30)} ${words[state]}`;
  });
}

/** A line for each exercise, for programs. */
function rowsOf(place: Place) {
  const progress = readProgress(root);
  const source = currentSource(place);
  return place.manifest.exercises.map((exercise) => {
    const { number, slug, title, minutes, branch, solutionBranch, page } = exercise;
    const known = progress.exercises.get(number);
    return {
      number,
      slug,
      title,
      minutes,
      branch,
      solutionBranch,
      page,
      current: place.exercise?.number === number,
      state: stateOf(exercise, place, progress, source),
      passed: known?.passed ?? 0,
      total: known?.total ?? null,
      steps: known?.steps ?? {},
    };
  });
}

/** The exercise branches whose last commit is the learner's, not the workshop's. */
function branchesWithCommits({ manifest }: Place): readonly string[] {
  const refs = manifest.exercises.map(({ branch }) => `refs/heads/${branch}`);
  const tips = new Git(root).ask('for-each-ref', '--format=%(refname:short) %(committeremail)', ...refs) ?? '';
  return tips
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('@event-sourcing.invalid>'))
    .map((line) => line.split(' ')[0] ?? '');
}
