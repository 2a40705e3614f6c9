import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { test } from 'vitest';

import { WrongAnswerError } from './explain.ts';
import { failures } from './step.ts';

/** Requirements on the types of an exercise, in addition to compiling. */
export type TypeFact = {
  readonly step: string;
  /** A sentence for the error message. */
  readonly fact: string;
  /** Declarations for the lines below. */
  readonly setting: string;
  /** A line that must compile. */
  readonly compiles: string;
  /** Lines that must not compile. They would if a type were too wide, or `any`. */
  readonly refused: readonly string[];
};

/** In milliseconds. The compiler needs a second, on a busy machine much longer. */
const patience = 300_000;

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A test that an exercise compiles, has the right types, and awaits each promise. It runs when all
 * other tests pass, and once for each state of the files.
 *
 * @param files the files that a learner edits
 */
export function types(exercise: number, files: readonly string[], facts: readonly TypeFact[] = []): void {
  test(`(types) exercise ${exercise} compiles, and its types are right`, { timeout: patience }, async ({ skip }) => {
    skip(failures.count > 0, 'The types are checked when all other tests pass.');
    const state = stateOf([files, facts]);
    if (lastGood(exercise) === state) return;

    const { Compiler } = await import('./compiler.ts'); // slow to load, and needed only here
    const snippets = new Map(facts.flatMap(snippetsOf));
    const compiler = new Compiler(files, snippets);
    for (const { step, fact, refused } of facts) {
      const accepted = compiler.problemsOf(nameOf(step)).length === 0;
      const allRefused = refused.every((_, index) => compiler.problemsOf(nameOf(step, index)).length > 0);
      if (!accepted || !allRefused)
        throw new WrongAnswerError(`Exercise ${step}: the types do not say yet that ${fact}.`);
    }
    const [first, ...others] = [...files.flatMap((file) => compiler.problemsOf(file)), ...compiler.unawaitedPromises()];
    if (first !== undefined) {
      const more = others.length === 0 ? '' : `\nAnd ${others.length} more: npm run typecheck shows all.`;
      throw new WrongAnswerError(`Exercise ${exercise}: ${first.message}${more}`, first.at);
    }
    rememberGood(exercise, state);
  });
}

function nameOf(step: string, refused?: number): string {
  return `src/types-of-${step}${refused === undefined ? '' : `-refused-${refused}`}.ts`;
}

function snippetsOf({ step, setting, compiles, refused }: TypeFact): readonly (readonly [string, string])[] {
  return [
    [nameOf(step), `${setting}\n${compiles}\n`],
    ...refused.map((line, index) => [nameOf(step, index), `${setting}\n${line}\n`] as const),
  ];
}

/** The input of the check: the question, and every file of the program. */
function stateOf(question: unknown): string {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const texts = paths.toSorted().map((path) => [path, readFileSync(join(root, 'src', path), 'utf8')]);
  return createHash('sha256')
    .update(JSON.stringify([question, texts]))
    .digest('hex');
}

function lastGood(exercise: number): string | undefined {
  try {
    return readFileSync(pathFor(exercise), 'utf8');
  } catch {
    return undefined;
  }
}

function rememberGood(exercise: number, state: string): void {
  mkdirSync(join(root, '.workshop'), { recursive: true });
  writeFileSync(pathFor(exercise), state);
}

function pathFor(exercise: number): string {
  return join(root, '.workshop', `compiled-${exercise}`);
}
