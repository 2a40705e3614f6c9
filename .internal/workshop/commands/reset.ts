import { join, relative, resolve, sep } from 'node:path';

import { confirm, isCancel } from '@clack/prompts';

import { forgetExercise } from '../progress.ts';
import { assertNothingUnderWay } from '../state.ts';
import { filesOf } from '../trees.ts';
import { changeFolder } from '../work.ts';
import { CommandError, currentExercise, openWorkshop, root, tellWhatWasKept, type Workshop } from './context.ts';

/** Resets an exercise, or one file of it, to its start. A backup branch keeps the work. */
export async function reset(file: string | undefined, options: { yes?: true }): Promise<void> {
  const workshop = openWorkshop();
  const { git, place } = workshop;
  const exercise = currentExercise(place);
  assertNothingUnderWay(git);
  if (place.branch === undefined || place.branch === exercise.solutionBranch) {
    throw new CommandError(
      `You are not on an exercise branch. Go to one: npm run workshop -- start ${exercise.number}`,
    );
  }
  const begin = workshop.commitOf(exercise, 'start');
  const paths = file === undefined ? undefined : findFiles(workshop, begin, file);
  await assertWanted(paths?.join(', ') ?? `everything on ${place.branch}`, options);

  const message = 'Work before the reset';
  const change = changeFolder(git, {
    what: ['reset', ...(file === undefined ? [] : [file])].join(' '),
    target: begin,
    ...(paths === undefined ? { then: { moveTo: begin } } : { paths }),
    keep: 'always',
    message,
  });
  if (paths === undefined) forgetExercise(root, exercise.number);
  tellWhatWasKept(change);
  console.log(`${paths?.join(', ') ?? `Exercise ${exercise.number}`} is reset to its start.`);
}

/**
 * The files of this name or in this folder, from the top of the repository or the current folder.
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
    `The start of the exercise has no file ${file}. Nothing was changed.\n` +
      'Use its path from the top of the repository, for example src/domain/game.ts.',
  );
}

async function assertWanted(what: string, { yes }: { yes?: true }): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(
      'Nothing was changed: this command asks first, and needs a terminal for it. If you are sure, add --yes.\n' +
        'With npm, put two dashes before it: npm run workshop -- reset --yes',
    );
  }
  const answer = await confirm({
    message: `Reset ${what} to the start of the exercise? A backup branch keeps your work.`,
  });
  if (isCancel(answer) || !answer) throw new CommandError('Nothing was changed.');
}
