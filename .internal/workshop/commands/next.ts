import { spawnSync } from 'node:child_process';

import { CommandError, currentExercise, openWorkshop, root, vitest } from './context.ts';
import { switchTo } from './start.ts';

/** Runs the tests of this exercise, and goes on to the next one if they pass. */
export function next(options: { anyway?: true }): void {
  const workshop = openWorkshop();
  const { manifest } = workshop.place;
  const exercise = currentExercise(workshop.place);
  const following = manifest.exercises[exercise.number];
  if (following === undefined)
    throw new CommandError(`Exercise ${exercise.number} is the last one. README.md says how to go on.`);
  if (!options.anyway && !testsPass()) {
    throw new CommandError(
      `Exercise ${exercise.number} is not solved yet: see above. To go on all the same: npm run workshop -- next --anyway`,
    );
  }
  switchTo(workshop, following);
}

function testsPass(): boolean {
  return spawnSync(process.execPath, [vitest, 'run'], { cwd: root, stdio: 'inherit' }).status === 0;
}
