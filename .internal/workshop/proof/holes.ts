import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { declarationsOf, stepsNamedIn } from '../declarations.ts';
import type { Exercise } from '../manifest.ts';
import { root, stepOf } from './workbench.ts';

/** A declaration that an exercise leaves open: it differs between start and solution. */
export type Hole = {
  readonly file: string;
  readonly name: string;
  /** The steps that it names, in a call of `todo` or in a comment: '2.3'. */
  readonly steps: readonly string[];
  /** Whether it is a type, so that the type check tests it. */
  readonly isType: boolean;
  /** The solution's file with the declaration of the start. */
  readonly solutionWithHole: string;
};

/** Finds the open declarations in all files of an exercise. */
export function holesOf(exercise: Exercise): readonly Hole[] {
  const [start, solution] = [stepOf(exercise, 'start'), stepOf(exercise, 'solution')];
  return [...start.tree].flatMap(([path, source]) => {
    const solved = solution.tree.get(path);
    if (solved === undefined || solved === source) return [];
    return findHoles(path, readFileSync(join(root, source), 'utf8'), readFileSync(join(root, solved), 'utf8'));
  });
}

/** Finds the open declarations of a file by comparing its top level. */
function findHoles(file: string, start: string, solution: string): readonly Hole[] {
  const solved = declarationsOf(solution);
  return [...declarationsOf(start)].flatMap(([name, open]) => {
    const right = solved.get(name);
    if (right === undefined || right.text === open.text) return [];
    const holed = solution.slice(0, right.from) + open.text + solution.slice(right.to);
    const todo = `import { todo } from '${'../'.repeat(file.split('/').length - 2)}todo.ts';\n`;
    const solutionWithHole = open.text.includes('todo(') ? todo + holed : holed;
    return [{ file, name, steps: stepsNamedIn(open.text), isType: open.isType, solutionWithHole }];
  });
}
