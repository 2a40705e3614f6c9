import { readProgress } from '../progress.ts';
import { readSteps } from '../pages.ts';
import { applySolution } from './apply.ts';
import { currentExercise, openWorkshop, root, type Workshop } from './context.ts';
import { openStep } from './hint.ts';

/** Shows what is still missing between a learner's files and the solution's, or takes the solution over. */
export function solution(options: { all?: true; apply?: true }): void {
  const workshop = openWorkshop();
  const exercise = currentExercise(workshop.place);
  const { git } = workshop;
  const target = workshop.commitOf(exercise, 'solution');
  const files = filesOf(workshop);

  if (options.apply) {
    applySolution(workshop);
    return;
  }
  const step = openStep(root, exercise, readProgress(root));
  const file = options.all ? undefined : readSteps(root, exercise.page).find(({ number }) => number === step)?.file;
  const shown = file === undefined ? files : [file];
  console.log(
    file === undefined
      ? `From your files to the solution of exercise ${exercise.number}:`
      : `From your ${file} to the solution of step ${step ?? ''}. The whole exercise: --all`,
  );
  const color = process.stdout.isTTY && !process.env['NO_COLOR'] ? 'always' : 'never';
  // With -R the difference reads from what one has to what one needs.
  git.show(['--no-pager', 'diff', `--color=${color}`, '--stat', '-R', target, '--', ...shown]);
  git.show([
    ...(process.stdout.isTTY ? ['--paginate'] : ['--no-pager']),
    'diff',
    `--color=${color}`,
    '-R',
    target,
    '--',
    ...shown,
  ]);
}

/** The files in which the exercise and its solution differ. */
function filesOf(workshop: Workshop): readonly string[] {
  const exercise = currentExercise(workshop.place);
  const [begin, end] = [workshop.commitOf(exercise, 'start'), workshop.commitOf(exercise, 'solution')];
  return workshop.git.run(['diff', '--name-only', begin, end]).trimEnd().split('\n');
}
