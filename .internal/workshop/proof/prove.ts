import { measure, type Figures } from './figures.ts';
import { openTestRunner } from './test-runner.ts';
import { readMain, stepOf, Workbench } from './workbench.ts';

/** `npm run prove`: the results of the tests of each exercise for wrong and right answers. */
const { exercises } = readMain().manifest;
const [wanted] = process.argv.slice(2);
const chosen = wanted === undefined ? exercises : exercises.filter(({ number }) => String(number) === wanted);
if (chosen.length === 0) {
  console.error(`There is no exercise ${String(wanted)}. Choose one from 1 to ${exercises.length}, or none for all.`);
  process.exitCode = 2;
}

for (const exercise of chosen) {
  const { folder } = new Workbench(stepOf(exercise, 'solution'), `answers ${exercise.number}`);
  const runner = openTestRunner(folder);
  const figures = await measure(exercise, runner, (done, all) => {
    if (process.stderr.isTTY) process.stderr.write(`\rExercise ${exercise.number}: ${done} of ${all} answers tried `);
  });
  runner.close();
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.log(describe(exercise.number, figures));
  if (!isGood(figures)) process.exitCode = 1;
}

function describe(number: number, { wrong, unnoticed, elsewhere, right, refused }: Figures): string {
  const noticed = wrong - unnoticed.length;
  return [
    `Exercise ${number}: of ${wrong} wrong answers ${noticed} detected, ${noticed - elsewhere.length} in their own step;`,
    `            of ${right} right answers ${right - refused.length} accepted`,
    ...unnoticed.map((one) => `  not detected: ${one}`),
    ...elsewhere.map((one) => `  ${one}`),
    ...refused.map((one) => `  refused: ${one}`),
  ].join('\n');
}

/** At least 97 of 100 wrong answers fail, 90 in their own step, and every right answer passes. */
function isGood({ wrong, unnoticed, elsewhere, refused }: Figures): boolean {
  return unnoticed.length <= 0.03 * wrong && unnoticed.length + elsewhere.length <= 0.1 * wrong && refused.length === 0;
}
