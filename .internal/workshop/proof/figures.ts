import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Exercise } from '../manifest.ts';
import type { Answers, RightAnswer, WrongAnswer } from './answers/answer.ts';
import type { Answer, TestRunner, Tried } from './test-runner.ts';
import { root, stepOf } from './workbench.ts';

/** The results of the tests of an exercise for wrong and right answers. */
export type Figures = {
  readonly wrong: number;
  /** The wrong answers that all tests accept, and those that fail in another step. */
  readonly unnoticed: readonly string[];
  readonly elsewhere: readonly string[];
  readonly right: number;
  /** The refused right answers, with the first message. */
  readonly refused: readonly string[];
};

/**
 * @param runner a runner in the folder of the solution
 * @param onProgress called with the number of answers that were tried, and the total
 */
export async function measure(
  exercise: Exercise,
  runner: TestRunner,
  onProgress: (done: number, all: number) => void = () => undefined,
): Promise<Figures> {
  const { wrong, right } = await answersTo(exercise);
  const tried: (Tried | undefined)[] = [];
  const note = (result: Tried | undefined) => {
    tried.push(result);
    onProgress(tried.length, wrong.length + right.length);
  };
  for (const answer of wrong) {
    const files = wrongFiles(exercise, answer);
    const [untilStep, afterStep] = testsAround(exercise, answer.step);
    const first = await runner.tryAnswer(untilStep, files);
    // Most fail by then, and what later tests say of them does not matter.
    note(problemOf(first) === undefined && afterStep.length > 0 ? await runner.tryAnswer(afterStep, files) : first);
  }
  for (const answer of right) note(await runner.tryAnswer([folderOf(exercise)], rightFiles(answer)));
  return {
    wrong: wrong.length,
    unnoticed: wrong.flatMap(({ step, mistake }, index) =>
      problemOf(tried[index]) === undefined ? [`${step} ${mistake}`] : [],
    ),
    elsewhere: wrong.flatMap(({ step, mistake }, index) => {
      const shown = shownStep(tried[index]);
      return shown === undefined || shown === step ? [] : [`${step} ${mistake}: shown as ${shown}`];
    }),
    right: right.length,
    refused: right.flatMap(({ kind }, index) => {
      const problem = problemOf(tried[wrong.length + index]);
      return problem === undefined ? [] : [`${kind}: ${problem}`];
    }),
  };
}

/** The answers of an exercise, from its file. */
async function answersTo({ number }: Exercise): Promise<Answers> {
  const { answers } = (await import(`./answers/exercise-${number}.ts`)) as { readonly answers: Answers };
  return answers;
}

function folderOf({ name }: Exercise): string {
  return `tests/${name}/`;
}

/**
 * The test files of an exercise: those up to the last one with a test of the step, and the others.
 */
function testsAround(exercise: Exercise, step: string): readonly [untilStep: string[], afterStep: string[]] {
  const folder = folderOf(exercise);
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.test.ts'));
  const sorted = files.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  const last = sorted.findLastIndex((file) => readFileSync(join(root, folder, file), 'utf8').includes(`'${step}'`));
  const paths = sorted.map((file) => folder + file);
  return last < 0 ? [paths, []] : [paths.slice(0, last + 1), paths.slice(last + 1)];
}

function wrongFiles(exercise: Exercise, { file, edits, mistake }: WrongAnswer): Answer {
  const text = edits.reduce(
    (before, [right, wrong]) => {
      if (!before.includes(right))
        throw new Error(`"${mistake}" replaces a text that ${file} does not contain: ${right}`);
      return before.replace(right, () => wrong);
    },
    readFileOf(exercise, file),
  );
  return { [file]: text };
}

function readFileOf(exercise: Exercise, path: string): string {
  return readFileSync(join(root, stepOf(exercise, 'solution').tree.get(path) ?? path), 'utf8');
}

function rightFiles({ files }: RightAnswer): Answer {
  const read = (source: string) => readFileSync(join(import.meta.dirname, 'answers', source), 'utf8');
  return Object.fromEntries(Object.entries(files).map(([path, source]) => [path, read(source)]));
}

/** The first failure of an answer, or `undefined` when all tests passed. */
function problemOf(tried: Tried | undefined): string | undefined {
  if (tried === undefined) return 'it hangs';
  const failed = tried.tests.find(({ state }) => state !== 'passed');
  return tried.errors[0] ?? (failed && `${failed.name}: ${failed.messages}`);
}

/** The step that a learner would see: the first one with a failed test. */
function shownStep(tried: Tried | undefined): string | undefined {
  const failed = tried?.tests.filter(({ state }) => state === 'failed') ?? [];
  const numbers = failed.map(({ name, messages }) =>
    (/^\d+\.\d+/.exec(name) ?? /Exercise (\d+\.\d+)/.exec(messages))?.at(-1),
  );
  return numbers.toSorted((one = '', other = '') => one.localeCompare(other, 'en', { numeric: true }))[0];
}
