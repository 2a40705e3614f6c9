import { confirm, isCancel } from '@clack/prompts';

import type { Exercise } from '../manifest.ts';
import { findOwnFiles, takeAlong, type OwnFile } from '../own-files.ts';
import { command, enumerate, textWidth, wrap } from '../text.ts';
import { CommandError, currentExercise, openWorkshop, type Workshop } from './context.ts';
import { runOwnTests } from './run-tests.ts';
import { switchTo } from './start.ts';

type Options = {
  /** Go on even if the exercise is not solved. */
  readonly anyway?: true;
  /** Whether to keep the learner's own files; default: ask. */
  readonly mine?: boolean;
};

/** Runs the exercise's own tests, and goes on to the next exercise if this one is solved. */
export async function next(options: Options): Promise<void> {
  const workshop = openWorkshop();
  const exercise = currentExercise(workshop.place);
  const following = workshop.place.manifest.exercises[exercise.number];
  if (!options.anyway && !(await runOwnTests(exercise))) {
    const anyway = following === undefined ? '' : ' To go on anyway: npm run workshop -- next --anyway';
    throw new CommandError(`Exercise ${exercise.number} is not solved yet: see above.${anyway}`);
  }
  if (following === undefined) {
    say(
      `Exercise ${exercise.number} was the last one: you have built the whole game. Play it with ${command('npm run play')} or ` +
        `${command('npm run web')}. "After the workshop" in README.md says how to go on.`,
    );
    return;
  }
  const files = await filesToTake(workshop, exercise, options);
  switchTo(workshop, following);
  sayWhere(workshop, exercise);
  sayWhatWasTaken(workshop, files);
}

/** Asks for each exercise again: the answer depends on how the exercise went. */
async function filesToTake(workshop: Workshop, exercise: Exercise, { anyway, mine }: Options) {
  const asks = mine === undefined && anyway !== true && process.stdin.isTTY && process.stdout.isTTY;
  if (mine !== true && !asks) return [];
  const files = findOwnFiles(workshop, exercise);
  if (files.length === 0 || mine === true) return files;
  const answer = await confirm({
    message: `You have solved ${namesOf(files)} differently from the workshop. Keep your version for the next exercise?`,
    initialValue: false,
  });
  if (isCancel(answer)) throw new CommandError('Nothing was changed.');
  return answer ? files : [];
}

function sayWhere({ place }: Workshop, { number, solutionBranch }: Exercise): void {
  if (place.branch === undefined || place.branch === solutionBranch) return;
  say(`You continue from the workshop's solution of exercise ${number}. Your own version stays on ${place.branch}.`);
}

function sayWhatWasTaken({ git }: Workshop, files: readonly OwnFile[]): void {
  if (files.length === 0) return;
  const { taken, left } = takeAlong(git, files);
  if (taken.length > 0) say(`Kept from your own version, as uncommitted changes: ${enumerate(taken)}.`);
  if (left.length > 0) say(`Not kept, because this branch already has changes of yours there: ${enumerate(left)}.`);
}

function namesOf(files: readonly OwnFile[]): string {
  return enumerate(files.map(({ path }) => path));
}

function say(text: string): void {
  console.log(wrap(text, textWidth(process.stdout.columns)).join('\n'));
}
