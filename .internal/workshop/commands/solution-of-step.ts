import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Git } from '../git.ts';
import type { Exercise } from '../manifest.ts';
import { readSteps } from '../pages.ts';
import { stepDifference, type StepDifference } from '../step-difference.ts';
import { command, enumerate, textWidth, wrap } from '../text.ts';
import { root, type Workshop } from './context.ts';
import { colorOption, pagerOption } from './git-options.ts';

/**
 * Shows what the learner's files lack for one step.
 *
 * @param files the files that the exercise changes
 * @returns false when no file belongs to the step
 */
export function showStep(workshop: Workshop, exercise: Exercise, files: readonly string[], step: string): boolean {
  const differences = files.flatMap((path) => differenceIn(workshop, exercise, path, step) ?? []);
  const open = differences.filter(({ mine, solved }) => mine !== solved);
  if (differences.length === 0) return false;

  const title = readSteps(root, exercise.page).find(({ number }) => number === step)?.title ?? '';
  const whole = `The whole exercise: ${command('npm run workshop -- solution --all')}`;
  if (open.length === 0) {
    say(`Your code for step ${step}, ${title}, is the same as the solution. ${whole}`);
    return true;
  }
  say(`Your code (-) and the solution (+) of step ${step}, ${title}. ${whole}`);
  for (const [name, others] of open.flatMap((difference) => [...difference.others])) {
    say(
      `${name} is shown whole: it also contains the lines of ${others.length === 1 ? 'step' : 'steps'} ${enumerate(others)}.`,
    );
  }
  console.log();
  show(open);
  return true;
}

function differenceIn({ git, commitOf }: Workshop, exercise: Exercise, path: string, step: string) {
  const at = (kind: 'start' | 'solution') => git.ask('cat-file', 'blob', `${commitOf(exercise, kind)}:${path}`);
  const [start, solution, mine] = [at('start'), at('solution'), textOf(join(root, path))];
  if (start === undefined || solution === undefined || mine === undefined) return undefined;
  return stepDifference({ path, start, mine, solution: `${solution}\n` }, step);
}

/** Git compares files, so both sides are written to a temporary folder. */
function show(differences: readonly StepDifference[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-solution-'));
  try {
    for (const { path, mine, solved } of differences) {
      write(join(folder, 'yours', path), mine);
      write(join(folder, 'solution', path), solved);
    }
    // The names of the two folders are the labels in the output.
    const options = ['diff', '--no-index', '--no-prefix', colorOption];
    new Git(folder).show([pagerOption, ...options, 'yours', 'solution']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

function say(text: string): void {
  console.log(wrap(text, textWidth(process.stdout.columns)).join('\n'));
}
