import type { Colors } from '../colors.ts';
import { wrap } from '../text.ts';
import type { FailedTest } from './collect.ts';
import { drawFailure } from './draw-failure.ts';
import { failureOf, type Failure, type ReportedError } from './failure.ts';

/** The settings for drawing. */
export type Paper = {
  /** The folder of the workshop. */
  readonly root: string;
  readonly colors: Colors;
  /** The width of the terminal. */
  readonly width: number;
  /** The files that a learner edits in this exercise. */
  readonly files: readonly string[];
};

/** A paragraph with a margin of one column. */
export function drawText(text: string, { width }: Paper): readonly string[] {
  return wrap(text, width - 1).map((line) => ` ${line}`);
}

export function drawBold(text: string, paper: Paper): readonly string[] {
  return drawText(text, paper).map((line) => paper.colors.bold(line));
}

/** The name of a failed test. */
export function drawTitle(name: string, { colors, width }: Paper): readonly string[] {
  return wrap(sentenceOf(name), width - 3).map(
    (line, index) => `${index === 0 ? ` ${colors.red('✗')}` : '  '} ${colors.bold(line)}`,
  );
}

/** The name of a test without its prefix for programs: `(there) `, `(types) `. */
export function sentenceOf(name: string): string {
  return name.replace(/^\((there|given|types)\) /, '');
}

/** A failed test, and its error. */
export function drawFailedTest({ name, error }: FailedTest, paper: Paper): readonly string[] {
  if (error === undefined) return [...drawTitle(name, paper), ''];
  return [...drawTitle(name, paper), '', ...drawFailure(failureOf(error, paper.root, name, paper.files), paper), ''];
}

/** The line that is drawn for a failed test. */
export function placeOf({ name, error }: FailedTest, { root, files }: Paper): Failure['at'] {
  return error && failureOf(error, root, name, files).at;
}

/** A problem outside the current step. */
export function drawNote(
  title: string,
  name: string,
  error: ReportedError | undefined,
  paper: Paper,
): readonly string[] {
  const failure = failureOf(error ?? { message: '' }, paper.root, name, paper.files);
  return [...drawText(title, paper).map((line) => paper.colors.yellow(line)), '', ...drawFailure(failure, paper), ''];
}
