import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import type { Exercise } from '../workshop/manifest.ts';
import { holesOf } from '../workshop/proof/holes.ts';
import { ownEnvironment } from '../workshop/proof/program.ts';
import { openTestRunner } from '../workshop/proof/test-runner.ts';
import { readMain, root, stepOf, Workbench } from '../workshop/proof/workbench.ts';
import { compareFigures, millisecondsOf } from './compare.ts';

/** Answers that are tried for each exercise. The proof tries about 60. */
const answers = 3;

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/**
 * Compares how the proof runs the tests of an exercise, with a process for each run. Each round is
 * another exercise, so the spread is that of the exercises.
 */
export async function benchProof(): Promise<void> {
  const { exercises } = readMain().manifest;
  const ours = exercises.values();
  const others = exercises.values();
  await compareFigures(
    {
      what: 'the proof: try answers to each exercise',
      beside: 'a process for each run',
      goal: 0.3,
      times: answers,
      ours: () => timeByRunner(ours.next().value),
      other: () => timeByProcesses(others.next().value),
    },
    exercises.length,
  );
}

async function timeByRunner(exercise: Exercise | undefined): Promise<number> {
  const { bench, tests, file, texts } = answersTo(exercise, 'runner');
  const runner = openTestRunner(bench.folder);
  await runner.tryAnswer(tests, {});
  const time = await millisecondsOf(async () => {
    for (const text of texts) await runner.tryAnswer(tests, { [file]: text });
  });
  runner.close();
  return time;
}

function timeByProcesses(exercise: Exercise | undefined): Promise<number> {
  const { bench, tests, file, texts } = answersTo(exercise, 'processes');
  return millisecondsOf(() => {
    for (const text of texts) {
      bench.write(file, text);
      const args = [vitest, 'run', ...tests];
      const { status } = spawnSync(process.execPath, args, { cwd: bench.folder, env: ownEnvironment() });
      if (status !== 0) throw new Error(`The solution fails: vitest run ${tests.join(' ')}`);
    }
  });
}

/** The solution with one more line: a right answer, which all tests have to see to its end. */
function answersTo(exercise: Exercise | undefined, name: string) {
  if (exercise === undefined) throw new Error('There is no such exercise.');
  const bench = new Workbench(stepOf(exercise, 'solution'), `bench ${name}`);
  const [hole] = holesOf(exercise);
  const file = hole?.file ?? '';
  const texts = Array.from({ length: answers }, (_, index) => `${bench.read(file)}\n// answer ${index}\n`);
  return { bench, tests: [`tests/${exercise.name}/`], file, texts };
}
