import { readProgress } from '../progress.ts';
import { applySolution } from './apply.ts';
import { currentExercise, openWorkshop, root, type Workshop } from './context.ts';
import { colorOption, pagerOption } from './git-options.ts';
import { openStep } from './hint.ts';

/** Shows the difference between the learner's files and the solution, or applies the solution. */
export async function solution(options: { all?: true; apply?: true }): Promise<void> {
  const workshop = openWorkshop();
  const exercise = currentExercise(workshop.place);
  const target = workshop.commitOf(exercise, 'solution');
  const files = filesOf(workshop);

  if (options.apply) {
    applySolution(workshop);
    return;
  }
  const step = options.all ? undefined : openStep(root, exercise, readProgress(root));
  if (step !== undefined) {
    // The compiler finds the lines of a step. It loads slowly, so it is loaded only here.
    const { showStep } = await import('./solution-of-step.ts');
    if (showStep(workshop, exercise, files, step)) return;
  }
  if (workshop.git.ask('diff', '--quiet', target, '--', ...files) !== undefined) {
    console.log(`Your files are the same as the solution of exercise ${exercise.number}.`);
    return;
  }
  console.log(`Your files (-) and the solution of exercise ${exercise.number} (+):`);
  showDifference(workshop, target, files);
}

/**
 * All differences, from the learner's files to the solution. With -R, git swaps the labels as well.
 */
function showDifference({ git }: Workshop, target: string, files: readonly string[]): void {
  const labels = ['--src-prefix=solution/', '--dst-prefix=yours/'];
  git.show(['--no-pager', 'diff', colorOption, '--stat', '-R', target, '--', ...files]);
  git.show([pagerOption, 'diff', colorOption, ...labels, '-R', target, '--', ...files]);
}

/** The files in which the exercise and its solution differ. */
function filesOf(workshop: Workshop): readonly string[] {
  const exercise = currentExercise(workshop.place);
  const [begin, end] = [workshop.commitOf(exercise, 'start'), workshop.commitOf(exercise, 'solution')];
  return workshop.git.run(['diff', '--name-only', begin, end]).trimEnd().split('\n');
}
