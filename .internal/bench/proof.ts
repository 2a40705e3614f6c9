import { makeChecker, type Checker } from '../workshop/proof/checker.ts';
import { measure } from '../workshop/proof/figures.ts';
import { holesOf } from '../workshop/proof/holes.ts';
import { runStep } from '../workshop/proof/run-step.ts';
import { openTestRunner } from '../workshop/proof/test-runner.ts';
import { readMain, stepOf, Workbench } from '../workshop/proof/workbench.ts';
import type { Exercise } from '../workshop/manifest.ts';

/** Seconds, by the part of the proof. */
type Times = Readonly<Record<string, number>>;

/** Prints the time of the proof: the seconds and the share of each part. */
export async function benchProof(): Promise<void> {
  const { manifest, steps } = readMain();
  const [first] = steps;
  if (first === undefined) return;
  const checked = new Workbench(first, 'bench types');
  const checker = makeChecker(checked.folder);
  const all: Times[] = [];
  for (const exercise of manifest.exercises) {
    const times = await timesOf(exercise, checked, checker);
    all.push(times);
    report(`exercise ${exercise.number}`, times);
  }
  const parts = Object.keys(all[0] ?? {});
  report('all', Object.fromEntries(parts.map((part) => [part, sum(all.map((times) => times[part] ?? 0))])));
}

async function timesOf(exercise: Exercise, checked: Workbench, checker: Checker): Promise<Times> {
  const times: Record<string, number> = {};
  const time = async <Result>(part: string, work: () => Result | Promise<Result>): Promise<Result> => {
    const begin = performance.now();
    const result = await work();
    times[part] = (times[part] ?? 0) + (performance.now() - begin) / 1000;
    return result;
  };
  const [start, solution] = [stepOf(exercise, 'start'), stepOf(exercise, 'solution')];
  const bench = await time('composing', () => new Workbench(start, `bench ${exercise.number}`));
  for (const step of [start, solution]) {
    await time('composing', () => checked.show(step));
    await time('types', () => {
      checker.update(step.tree.keys());
      return checker.types();
    });
    await time('lint', () => checker.lint());
  }
  const runner = openTestRunner(bench.folder);
  await time('start', () => runStep(bench, runner, start));
  await time('solution', () => runStep(bench, runner, solution));
  await time('holes', async () => {
    for (const { file, solutionWithHole } of holesOf(exercise))
      await runner.tryAnswer([`tests/${exercise.name}/`], { [file]: solutionWithHole });
  });
  await time('answers', () => measure(exercise, runner));
  runner.close();
  return times;
}

function report(what: string, times: Times): void {
  const total = sum(Object.values(times));
  const parts = Object.entries(times).map(
    ([part, seconds]) => `${part} ${seconds.toFixed(1)} s (${Math.round((100 * seconds) / total)}%)`,
  );
  console.log(`${what.padEnd(12)} ${total.toFixed(1)} s: ${parts.join(', ')}`);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((one, other) => one + other, 0);
}
