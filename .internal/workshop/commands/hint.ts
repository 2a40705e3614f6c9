import type { Exercise } from '../manifest.ts';
import { readSteps, type PageStep } from '../pages.ts';
import { findPlace } from '../place.ts';
import { readProgress, rememberHints, type Progress } from '../progress.ts';
import { command, wrap } from '../text.ts';
import { colors, CommandError, currentExercise, root } from './context.ts';

/** Shows the next hint of a step; default: the open step. */
export function hint(wanted: string | undefined): void {
  const exercise = currentExercise(findPlace(root));
  console.log(nextHint(root, exercise, wanted));
}

/**
 * The next hint of a step, and the number of hints that remain. It stores that the hint was shown.
 *
 * @param solutionKey the key that shows the solution; default: the command
 * @throws CommandError when the step does not exist or has no hints
 */
export function nextHint(folder: string, exercise: Exercise, wanted: string | undefined, solutionKey?: string): string {
  const progress = readProgress(folder);
  const steps = readSteps(folder, exercise.page);
  const number = wanted ?? openStep(folder, exercise, progress);
  if (number === undefined) return `Every step of exercise ${exercise.number} is done. There are no more hints.`;
  const step = steps.find((one) => one.number === number);
  if (step === undefined) {
    throw new CommandError(
      `Exercise ${exercise.number} has no step ${number}. Its steps: ${steps.map((one) => one.number).join(', ')}.`,
    );
  }
  return showHint(folder, step, progress, solutionKey);
}

/** The next step: the first one whose tests did not all pass in their last run. */
export function openStep(folder: string, exercise: Exercise, progress: Progress): string | undefined {
  const known = progress.exercises.get(exercise.number)?.steps;
  const tested = readSteps(folder, exercise.page).filter(
    ({ number, hints }) => hints.length > 0 || known?.[number] !== undefined,
  );
  return tested.find(({ number }) => {
    const counts = known?.[number];
    return counts === undefined || counts.passed < counts.total;
  })?.number;
}

function showHint(
  folder: string,
  { number, title, hints }: PageStep,
  progress: Progress,
  solutionKey: string | undefined,
): string {
  if (hints.length === 0) return `Step ${number}, ${title}, has no hints. Its page explains it.`;
  const shown = progress.hints[number] ?? 0;
  // After the last hint, the hints begin again.
  const index = shown < hints.length ? shown : 0;
  rememberHints(folder, number, index + 1);
  const remaining = hints.length - index - 1;
  const left =
    remaining === 0
      ? `That was the last hint of this step. The solution: ${solutionKey ?? command('npm run workshop -- solution')}`
      : `${remaining} more ${remaining === 1 ? 'hint' : 'hints'} for this step.`;
  return [
    colors.bold(`${number} ${title}`),
    '',
    plain(hints[index]?.title ?? ''),
    '',
    plain(hints[index]?.text ?? ''),
    '',
    ...wrap(left, hintWidth()).map((line) => colors.dim(line)),
  ].join('\n');
}

/**
 * Markdown for a terminal. Code is indented. Paragraphs fill the terminal, up to a readable width.
 */
function plain(markdown: string): string {
  const text = markdown
    .replace(/```\w*\n(.*?)```/gs, (_, code: string) => code.trimEnd().replace(/^/gm, '    '))
    .replace(/\*\*|``/g, '')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    // A single line break within a paragraph is only how the page was written.
    .replace(/(\S)\n(?=[^\s-])/g, '$1 ');
  return wrap(text, hintWidth()).join('\n');
}

function hintWidth(): number {
  return Math.min(process.stdout.columns || 80, 80);
}
