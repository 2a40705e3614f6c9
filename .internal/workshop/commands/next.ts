import { confirm, isCancel } from '@clack/prompts';

import type { Exercise } from '../manifest.ts';
import { findOwnFiles, takeAlong, type OwnFile } from '../own-files.ts';
import { command, enumerate, textWidth, wrap } from '../text.ts';
import { CommandError, currentExercise, openWorkshop, type Workshop } from './context.ts';
import { runOwnTests } from './run-tests.ts';
import { switchTo } from './start.ts';

type Options = {
  /** Also when the exercise is not solved. */
  readonly anyway?: true;
  /** Whether to take one's own files along. Without it, a person is asked. */
  readonly mine?: boolean;
};

/** Runs the exercise's own tests, and goes on to the next one if it is solved. */
export async function next(options: Options): Promise<void> {
  const workshop = openWorkshop();
  const exercise = currentExercise(workshop.place);
  const following = workshop.place.manifest.exercises[exercise.number];
  if (!options.anyway && !(await runOwnTests(exercise))) {
    const anyway = following === undefined ? '' : ' To go on all the same: npm run workshop -- next --anyway';
    throw new CommandError(`Exercise ${exercise.number} is not solved yet: see above.${anyway}`);
  }
  if (following === undefined) {
    say(
      `Exercise ${exercise.number} is the last one: you have built all of it. Play it with ${command('npm run play')} or ` +
        `${command('npm run web')}. "After the workshop" in README.md says how to go on.`,
    );
    return;
  }
  const files = await filesToTake(workshop, exercise, options);
  switchTo(workshop, following);
  sayWhere(workshop, exercise);
  sayWhatWasTaken(workshop, files);
}

/** Asks for each exercise anew: what one likes to keep depends on how it went. */
async function filesToTake(workshop: Workshop, exercise: Exercise, { anyway, mine }: Options) {
  const asks = mine === undefined && anyway !== true && process.stdin.isTTY && process.stdout.isTTY;
  if (mine !== true && !asks) return [];
  const files = findOwnFiles(workshop, exercise);
  if (files.length === 0 || mine === true) return files;
  const answer = await confirm({
    message: `You have solved ${namesOf(files)} in your own way. Take that along, in place of the workshop's solution?`,
    initialValue: false,
  });
  if (isCancel(answer)) throw new CommandError('Nothing was changed.');
  return answer ? files : [];
}

function sayWhere({ place }: Workshop, { number, solutionBranch }: Exercise): void {
  if (place.branch === undefined || place.branch === solutionBranch) return;
  say(`You go on from the workshop's solution of exercise ${number}. Your own version stays on ${place.branch}.`);
}

function sayWhatWasTaken({ git }: Workshop, files: readonly OwnFile[]): void {
  if (files.length === 0) return;
  const { taken, left } = takeAlong(git, files);
  if (taken.length > 0) say(`Taken along from your own version, as changes in the folder: ${enumerate(taken)}.`);
  if (left.length > 0) say(`Not taken along, because this branch has changes of yours there: ${enumerate(left)}.`);
}

function namesOf(files: readonly OwnFile[]): string {
  return enumerate(files.map(({ path }) => path));
}

function say(text: string): void {
  console.log(wrap(text, textWidth(process.stdout.columns)).join('\n'));
}
