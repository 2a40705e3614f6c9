import type { Exercise } from '../manifest.ts';
import { assertNothingUnderWay, keepWork } from '../work.ts';
import { CommandError, ensureBranches, exerciseNumbered, openWorkshop, type Workshop } from './context.ts';

/** Switches to an exercise. Work that is not committed is committed first, and said. */
export function start(number: number): void {
  const workshop = openWorkshop();
  switchTo(workshop, exerciseNumbered(workshop.place, number));
}

/** @throws CommandError, GitError; then the folder is as it was, or its work is kept and said */
export function switchTo(workshop: Workshop, target: Exercise): void {
  const { git, place } = workshop;
  assertNothingUnderWay(git);
  ensureBranches(workshop);
  if (place.branch === target.branch) {
    console.log(`You are on ${target.branch} already. Open ${target.page}, and run: npm test`);
    return;
  }
  assertFree(workshop, target.branch);

  const inExercise = place.exercise !== undefined && place.branch !== place.exercise.solutionBranch;
  const what = inExercise ? `Work in progress on exercise ${place.exercise.number}` : 'Work in progress';
  const kept = keepWork(git, what, inExercise);
  if (kept !== undefined)
    console.log(`Your work is kept on ${kept.branch}, as the commit ${kept.commit.slice(0, 10)} "${what}".`);

  // Git, too, is asked to overwrite nothing: not even a file that it ignores.
  git.run(['checkout', '--quiet', '--no-overwrite-ignore', target.branch]);
  console.log(`You are in exercise ${target.number}, ${target.title}, on ${target.branch}.`);
  console.log(`Open ${target.page}, and run: npm test`);
}

function assertFree({ git }: Workshop, branch: string): void {
  const folder = git.ask('for-each-ref', '--format=%(worktreepath)', `refs/heads/${branch}`);
  if (folder !== undefined && folder !== '') {
    throw new CommandError(
      `${branch} is checked out in another folder: go on there, in ${folder}. Nothing was changed.`,
    );
  }
}
