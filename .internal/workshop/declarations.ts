import ts from 'typescript';

/** A declaration on the top level of a file. */
export type Declaration = {
  readonly text: string;
  /**
   * Its offsets in the file: of its first character, without the comment above it, and after its
   * last.
   */
  readonly from: number;
  readonly to: number;
  readonly isType: boolean;
};

/** The functions, classes, types and constants on the top level of a file, by their names. */
export function declarationsOf(text: string): ReadonlyMap<string, Declaration> {
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

/**
 * The steps that a text leaves open: `todo('2.3', …)`, or a comment that begins with "Exercise 2.3"
 * or "Exercises 2.3 and 2.4".
 */
export function stepsNamedIn(text: string): readonly string[] {
  const calls = [...text.matchAll(/\btodo\(\s*['"`](\d+\.\d+)['"`]/g)].map(([, step]) => step);
  const comments = [...text.matchAll(/(?:\/\/|\*) *Exercises? (.*)/g)].flatMap(([, words = '']) =>
    [...words.matchAll(/\b(\d+\.\d+)\b/g)].map(([, step]) => step),
  );
  return [...new Set([...calls, ...comments].filter((step) => step !== undefined))];
}

/** A line with an import. */
export type Import = {
  readonly text: string;
  /** The imported names. */
  readonly names: readonly string[];
  /** The module, for example './events.ts'. */
  readonly from: string;
};

/** The imports of a file. */
export function importsOf(text: string): readonly Import[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ESNext, true);
  return source.statements.filter(ts.isImportDeclaration).map((statement) => {
    const bindings = statement.importClause?.namedBindings;
    const names = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
    const from = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : '';
    return { text: statement.getText(), names: names.map(({ name }) => name.text), from };
  });
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return statement.name?.text;
  if (ts.isTypeAliasDeclaration(statement)) return statement.name.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  return declaration !== undefined && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
}
