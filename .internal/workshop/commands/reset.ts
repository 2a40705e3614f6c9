import { join, relative, resolve, sep } from 'node:path';

import { confirm, isCancel } from '@clack/prompts';

import { forgetExercise } from '../progress.ts';
import { assertNothingUnderWay } from '../state.ts';
import { filesOf } from '../trees.ts';
import { changeFolder } from '../work.ts';
import { CommandError, currentExercise, openWorkshop, root, tellWhatWasKept, type Workshop } from './context.ts';

/**
 * Puts an exercise, or one file of it, back to where it started. The work is kept on a branch of
 * its own.
 */
export async function reset(file: string | undefined, options: { yes?: true }): Promise<void> {
  const workshop = openWorkshop();
  const { git, place } = workshop;
  const exercise = currentExercise(place);
  assertNothingUnderWay(git);
  if (place.branch === undefined || place.branch === exercise.solutionBranch) {
    throw new CommandError(`You are on no branch of your own. Go to one: npm run workshop -- start ${exercise.number}`);
  }
  const begin = workshop.commitOf(exercise, 'start');
  const paths = file === undefined ? undefined : findFiles(workshop, begin, file);
  await assertWanted(paths?.join(', ') ?? `everything on ${place.branch}`, options);

  const message = 'Work before it was put back';
  const change = changeFolder(git, {
    what: ['reset', ...(file === undefined ? [] : [file])].join(' '),
    target: begin,
    ...(paths === undefined ? { then: { moveTo: begin } } : { paths }),
    keep: 'always',
    message,
  });
  if (paths === undefined) forgetExercise(root, exercise.number);
  tellWhatWasKept(change);
  console.log(`${paths?.join(', ') ?? `Exercise ${exercise.number}`} is as it was at the beginning.`);
}

/**
 * The files of a name, or in a folder of that name: from the top, or from where the command was
 * given.
 */
function findFiles({ git }: Workshop, begin: string, file: string): readonly string[] {
  const all = [...filesOf(git, begin).keys()];
  const here = relative(root, resolve(process.env['INIT_CWD'] ?? root, file));
  const candidates = [relative(root, join(root, file)), here].map((path) => path.split(sep).join('/'));
  const found = candidates
    .map((path) => all.filter((one) => one === path || one.startsWith(`${path}/`)))
    .find((paths) => paths.length > 0);
  if (found !== undefined) return found;
  throw new CommandError(
    `The exercise does not begin with a file ${file}. Nothing was changed.\n` +
      'Name it from the top of the repository, as in src/domain/game.ts.',
  );
}

async function assertWanted(what: string, { yes }: { yes?: true }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(
      'Nothing was changed: nobody is here to be asked. If you are sure, add --yes.\n' +
        'Through npm, it comes after two dashes: npm run workshop -- reset --yes',
    );
  }
  const answer = await confirm({
    message: `Put ${what} back to where the exercise begins? Your work is kept on a backup branch.`,
  });
  if (isCancel(answer) || !answer) throw new CommandError('Nothing was changed.');
}
