import { declarationsOf, stepsNamedIn } from '../declarations.ts';

/**
 * A declaration that an exercise leaves open: in its start it is another one than in its solution.
 */
export type Hole = {
  readonly file: string;
  readonly name: string;
  /** The steps that it names, in a call of `todo` or in a comment: '2.3'. */
  readonly steps: readonly string[];
  /** Whether it is a type: then it is the type check that sees it. */
  readonly isType: boolean;
  /** The solution's file with the start's declaration in it. */
  readonly solutionWithHole: string;
};

/** Finds the holes of a file by comparing its top-level declarations. */
export function findHoles(file: string, start: string, solution: string): readonly Hole[] {
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
