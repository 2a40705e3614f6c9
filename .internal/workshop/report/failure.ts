import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The error of a test, as vitest passes it to a reporter, with fields that the test has added. */
export type ReportedError = {
  readonly name?: string | undefined;
  readonly message: string;
  readonly diff?: string | undefined;
  readonly stacks?: readonly Position[] | undefined;
  /** The line to look at, if the test knows it: `error.at = { file, line }`. */
  readonly at?: unknown;
};

type Position = { readonly file: string; readonly line: number };

/** The parts of an error that a learner needs. */
export type Failure = {
  readonly message: string;
  /** The expected (-) and the received value (+), if the error has no more to say. */
  readonly difference: readonly string[];
  /** The line to look at; its file from the top of the repository, with slashes. */
  readonly at: Position | undefined;
};

/** The most lines of a difference. A longer one is not read. */
const longestDifference = 14;

/**
 * @param root the folder of the workshop
 * @param test the name of the test, which may begin with its step
 * @param files the files of the exercise: a line there is preferred to lines that it calls
 */
export function failureOf(error: ReportedError, root: string, test: string, files: readonly string[]): Failure {
  // The name of the test, or the next line, already shows the step.
  const step = test.startsWith('(types) ') ? '\\d+(?:\\.\\d+)?' : /^\d+\.\d+(?= )/.exec(test)?.[0];
  const text = relativePaths(stripVTControlCharacters(error.message), root);
  const message = readable(step === undefined ? text : text.replace(new RegExp(`^Exercise ${step}: `), ''));
  return {
    message:
      error.name === undefined
        ? `The thrown value is not an Error: ${message}`
        : isBuiltIn(error.name) && !message.startsWith(error.name)
          ? `${error.name}: ${message}`
          : message,
    difference: error.name === 'AssertionError' ? shortened(error.diff) : [],
    at: placeOf(error, root, files),
  };
}

/** Built-in errors: their names add to their messages. */
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
  // Bundler errors name files as URLs: '/src/domain/game.ts'.
  if (isAbsolute(path) && !path.startsWith(root) && existsSync(join(root, path))) return path.slice(1);
  return (isAbsolute(path) ? relative(root, path) : path).split(sep).join('/');
}

function relativePaths(message: string, root: string): string {
  return message.replaceAll(root + sep, '').replaceAll(`${root.split(sep).join('/')}/`, '');
}

/** Rewrites messages of tools in plain words: a timeout, an unknown name, issues of a schema. */
function readable(message: string): string {
  const [, milliseconds] = /^Test timed out in (\d+)ms/.exec(message) ?? [];
  if (milliseconds !== undefined) {
    return `This test did not end within ${Number(milliseconds) / 1000} seconds. Does it wait for something that never happens?`;
  }
  if (/^\S+ is not defined$/.test(message)) return `${message}. Is its import missing?`;
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
