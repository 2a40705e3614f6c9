import { changeFolder } from '../work.ts';
import { CommandError, currentExercise, tellWhatWasKept, type Workshop } from './context.ts';

/** Copies the solution into the folder: each file that differs from the start of the exercise. */
export function applySolution({ git, place, commitOf }: Workshop): void {
  const exercise = currentExercise(place);
  if (place.branch === undefined)
    throw new CommandError('No branch is checked out. Go to an exercise: npm run workshop -- start N');
  const [begin, target] = [commitOf(exercise, 'start'), commitOf(exercise, 'solution')];
  const paths = git.run(['diff', '--name-only', '-z', begin, target]).split('\0').slice(0, -1);
  const change = changeFolder(git, {
    what: 'solution --apply',
    target,
    paths,
    keep: 'always',
    message: 'Work before the solution was applied',
  });
  tellWhatWasKept(change);
  console.log(`Copied from the solution: ${paths.join(', ')}`);
}
