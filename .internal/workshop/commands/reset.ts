import { confirm, isCancel } from '@clack/prompts';

import { forgetExercise } from '../progress.ts';
import { assertNothingUnderWay, assertNotIgnored, backUp, followFolder, snapshot } from '../work.ts';
import { CommandError, currentExercise, openWorkshop, root, type Workshop } from './context.ts';

/** Puts an exercise, or one file of it, back to where it started. The work is kept on a branch of its own. */
export async function reset(file: string | undefined, options: { yes?: true }): Promise<void> {
  const workshop = openWorkshop();
  const { git, place } = workshop;
  const exercise = currentExercise(place);
  assertNothingUnderWay(git);
  if (place.branch === undefined || place.branch === exercise.solutionBranch) {
    throw new CommandError(`You are on no branch of your own. Go to one: npm run workshop -- start ${exercise.number}`);
  }
  const path = file?.replaceAll('\\', '/').replace(/^\.\//, '');
  if (path !== undefined) assertNotIgnored(git, [path]);
  await assertWanted(path ?? `everything on ${place.branch}`, options);

  const backup = keepEverything(workshop, place.branch);
  const begin = workshop.commitOf(exercise, 'start');
  if (path === undefined) {
    followFolder(git, backup.commit);
    git.run(['read-tree', '-m', '-u', backup.commit, begin]);
    git.run(['update-ref', '-m', 'workshop: reset', 'HEAD', begin]);
    forgetExercise(root, exercise.number);
  } else {
    restoreFile(workshop, begin, path);
  }
  console.log(`Your work is kept on ${backup.branch}.`);
  console.log(`${path ?? `Exercise ${exercise.number}`} is as it was at the beginning.`);
}

/** Makes a branch of everything there is: what is committed, what is staged, and what is neither. */
export function keepEverything({ git }: Workshop, branch: string): { branch: string; commit: string } {
  const commit = snapshot(git, 'Work before it was put back') ?? git.run(['rev-parse', 'HEAD']).trimEnd();
  return { branch: backUp(git, commit, branch), commit };
}

function restoreFile({ git }: Workshop, begin: string, path: string): void {
  if (git.ask('cat-file', '-e', `${begin}:${path}`) === undefined) {
    throw new CommandError(
      `The exercise does not begin with a file ${path}. Name it from the top of the repository, as in src/domain/game.ts.`,
    );
  }
  git.run(['checkout', begin, '--', path]);
}

async function assertWanted(what: string, { yes }: { yes?: true }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(`Nothing was changed: nobody is here to be asked. If you are sure, add --yes.`);
  }
  const answer = await confirm({
    message: `Put ${what} back to where the exercise begins? Your work is kept on a backup branch.`,
  });
  if (isCancel(answer) || !answer) throw new CommandError('Nothing was changed.');
}
