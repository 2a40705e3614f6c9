import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/**
 * The error of a test as vitest hands it to a reporter. What a test adds to an error comes along.
 */
export type ReportedError = {
  readonly name?: string | undefined;
  readonly message: string;
  readonly diff?: string | undefined;
  readonly stacks?: readonly Position[] | undefined;
  /** Where to look, if the test knows better than the stack does: `error.at = { file, line }`. */
  readonly at?: unknown;
};

type Position = { readonly file: string; readonly line: number };

/** What a learner needs to know of an error. */
export type Failure = {
  readonly message: string;
  /** What was expected (-) and what came (+), if that is all that the error can say. */
  readonly difference: readonly string[];
  /** The line to look at; its file is given from the top of the repository, with slashes. */
  readonly at: Position | undefined;
};

/** The most lines of a difference. What is longer than this is not read. */
const longestDifference = 14;

/**
 * @param root the folder of the workshop
 * @param test the name of the test, which may begin with its step
 * @param files the files that a learner works on: a line there says more than one in what they call
 */
export function failureOf(error: ReportedError, root: string, test: string, files: readonly string[]): Failure {
  // The name of the test, or the line below, has said the step already.
  const step = test.startsWith('(types) ') ? '\\d+(?:\\.\\d+)?' : /^\d+\.\d+(?= )/.exec(test)?.[0];
  const text = relativePaths(stripVTControlCharacters(error.message), root);
  const message = readable(step === undefined ? text : text.replace(new RegExp(`^Exercise ${step}: `), ''));
  return {
    message:
      error.name === undefined
        ? `What was thrown is no Error: ${message}`
        : isBuiltIn(error.name) && !message.startsWith(error.name)
          ? `${error.name}: ${message}`
          : message,
    difference: error.name === 'AssertionError' ? shortened(error.diff) : [],
    at: placeOf(error, root, files),
  };
}

/** The errors of the language itself: their names say something that their messages do not. */
function isBuiltIn(name: string | undefined): name is string {
  return name !== undefined && ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(name);
}

function placeOf({ at, stacks = [] }: ReportedError, root: string, files: readonly string[]): Position | undefined {
  if (isPosition(at)) return { file: pathIn(root, at.file), line: at.line };
  const frames = stacks.map(({ file, line }) => ({ file: pathIn(root, file), line }));
  return (
    frames.find(({ file }) => files.includes(file)) ??
    frames.find(({ file }) => file.startsWith('src/')) ??
    frames.find(({ file }) => file.startsWith('tests/exercise-')) ??
    frames.find(({ file }) => file.startsWith('tests/'))
  );
}

function isPosition(value: unknown): value is Position {
  if (typeof value !== 'object' || value === null) return false;
  const { file, line } = value as { file?: unknown; line?: unknown };
  return typeof file === 'string' && typeof line === 'number';
}

/** A path from the top of the repository, with slashes. */
export function pathIn(root: string, file: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  // An error of the bundler names files as the page would ask for them: '/src/domain/game.ts'.
  if (isAbsolute(path) && !path.startsWith(root) && existsSync(join(root, path))) return path.slice(1);
  return (isAbsolute(path) ? relative(root, path) : path).split(sep).join('/');
}

function relativePaths(message: string, root: string): string {
  return message.replaceAll(root + sep, '').replaceAll(`${root.split(sep).join('/')}/`, '');
}

/**
 * Says in words what a tool says in its own way: a list of issues of a schema, or a test that was
 * too slow.
 */
function readable(message: string): string {
  const [, milliseconds] = /^Test timed out in (\d+)ms/.exec(message) ?? [];
  if (milliseconds !== undefined) {
    return `This test did not end within ${Number(milliseconds) / 1000} seconds. Does it wait for something that never happens?`;
  }
  const start = message.search(/\[\s*\{\s*"/);
  if (start < 0) return message;
  try {
    const issues = JSON.parse(message.slice(start)) as readonly { path?: readonly unknown[]; message?: unknown }[];
    if (!issues.every((issue) => typeof issue.message === 'string')) return message;
    const lines = issues.map(({ path = [], message: text }) => `  ${[...path, ''].join(' ')}${String(text)}`);
    return [message.slice(0, start).trimEnd(), ...lines].filter((line) => line !== '').join('\n');
  } catch {
    return message;
  }
}

function shortened(difference: string | undefined): readonly string[] {
  if (difference === undefined) return [];
  const lines = stripVTControlCharacters(difference).trim().split('\n');
  if (lines.length <= longestDifference) return lines;
  return [...lines.slice(0, longestDifference), '  …'];
}
