import { existsSync } from 'node:fs';

import { exclusively } from '../lock.ts';
import type { Exercise } from '../manifest.ts';
import { findPlace } from '../place.ts';
import { leaveExercise } from '../progress.ts';
import { assertNothingUnderWay } from '../state.ts';
import { changeFolder } from '../work.ts';
import {
  CommandError,
  ensureBranches,
  exerciseNumbered,
  openWorkshop,
  tellWhatWasKept,
  type Workshop,
} from './context.ts';

/** Switches to an exercise. Uncommitted work is committed first, and the command says so. */
export function start(number: number): void {
  const workshop = openWorkshop();
  switchTo(workshop, exerciseNumbered(workshop.place, number));
}

/** @throws CommandError, GitError; then the folder is as it was */
export function switchTo(workshop: Workshop, target: Exercise): void {
  const { git } = workshop;
  const what = `start ${target.number}`;
  exclusively(git, what, () => {
    assertNothingUnderWay(git);
    ensureBranches(workshop);
    // Another terminal may have switched to this exercise since the workshop was opened.
    const { exercise, branch } = findPlace(git.folder);
    if (branch === target.branch) {
      console.log(`You are on ${target.branch} already. Open ${target.page}, and run: npm test`);
      return;
    }
    assertMade(workshop, target);
    assertFree(workshop, target.branch);

    const inExercise = exercise !== undefined && branch !== exercise.solutionBranch;
    if (inExercise) leaveExercise(git.folder, exercise.number);
    const message = inExercise ? `Work in progress on exercise ${exercise.number}` : 'Work in progress';
    const change = changeFolder(git, {
      what,
      target: git.run(['rev-parse', `refs/heads/${target.branch}`]).trimEnd(),
      keep: inExercise ? 'here' : 'aside',
      message,
      then: { checkOut: target.branch },
    });
    tellWhatWasKept(change, message);
    console.log(`You are in exercise ${target.number}, ${target.title}, on ${target.branch}.`);
    console.log(`Open ${target.page}, and run: npm test`);
  });
}

/** The main that the branches are made from may be older than the one in this folder. */
function assertMade({ git }: Workshop, { number, branch }: Exercise): void {
  if (git.ask('for-each-ref', '--format=%(refname)', `refs/heads/${branch}`) !== '') return;
  throw new CommandError(
    `The branch ${branch} does not exist, because the branches are made from a main without exercise ${number}. ` +
      'To make them from your main: npm run branches',
  );
}

function assertFree({ git }: Workshop, branch: string): void {
  const folder = git.ask('for-each-ref', '--format=%(worktreepath)', `refs/heads/${branch}`);
  if (folder === undefined || folder === '') return;
  const isGone = !existsSync(folder);
  throw new CommandError(
    isGone
      ? `${branch} was checked out in ${folder}, which no longer exists. Nothing was changed.\n` +
          'If the folder is gone for good, remove it from git: git worktree prune'
      : `${branch} is checked out in another folder. Nothing was changed. Continue there: ${folder}`,
  );
}
