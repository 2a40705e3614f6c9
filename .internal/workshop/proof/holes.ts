import ts from 'typescript';

/** A declaration that an exercise leaves open: in its start it is another one than in its solution. */
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
    const steps = [...open.text.matchAll(/\b(\d+\.\d+)\b/g)].flatMap(([, step]) => step ?? []);
    const holed = solution.slice(0, right.from) + open.text + solution.slice(right.to);
    const todo = `import { todo } from '${'../'.repeat(file.split('/').length - 2)}todo.ts';\n`;
    const solutionWithHole = open.text.includes('todo(') ? todo + holed : holed;
    return [{ file, name, steps: [...new Set(steps)], isType: open.isType, solutionWithHole }];
  });
}

type Declaration = { readonly text: string; readonly from: number; readonly to: number; readonly isType: boolean };

function declarationsOf(text: string): ReadonlyMap<string, Declaration> {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ESNext, true);
  return new Map(
    source.statements.flatMap((statement) => {
      const name = nameOf(statement);
      if (name === undefined) return [];
      const [from, to] = [statement.getStart(), statement.getEnd()];
      return [[name, { text: text.slice(from, to), from, to, isType: ts.isTypeAliasDeclaration(statement) }] as const];
    }),
  );
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text;
  if (ts.isTypeAliasDeclaration(statement)) return statement.name.text;
  return undefined;
}
