import { changeFolder } from '../work.ts';
import { CommandError, currentExercise, tellWhatWasKept, type Workshop } from './context.ts';

/** Takes the solution of the exercise over: each file in which it differs from the start. */
export function applySolution({ git, place, commitOf }: Workshop): void {
  const exercise = currentExercise(place);
  if (place.branch === undefined)
    throw new CommandError('You are on no branch. Go to one: npm run workshop -- start N');
  const [begin, target] = [commitOf(exercise, 'start'), commitOf(exercise, 'solution')];
  const paths = git.run(['diff', '--name-only', '-z', begin, target]).split('\0').slice(0, -1);
  const change = changeFolder(git, {
    what: 'solution --apply',
    target,
    paths,
    keep: 'always',
    message: 'Work before the solution was taken over',
  });
  tellWhatWasKept(change);
  console.log(`Taken over from the solution: ${paths.join(', ')}`);
}
