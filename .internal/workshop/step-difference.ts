import { declarationsOf, importsOf, stepsNamedIn, type Declaration } from './declarations.ts';

/** A file at the three stages: the start, the learner's and the solution. */
export type FileStages = {
  readonly path: string;
  readonly start: string;
  readonly mine: string;
  readonly solution: string;
};

/** A learner's file, before and after taking the lines of one step from the solution. */
export type StepDifference = {
  readonly path: string;
  readonly mine: string;
  readonly solved: string;
  /** The other steps with lines in the same declaration, by the declaration's name. */
  readonly others: ReadonlyMap<string, readonly string[]>;
};

/**
 * The part of a step in a file: the declarations that name it at the start of the exercise, and the
 * helpers and imports that the solution adds for them.
 *
 * @returns nothing when the file has no part in the step
 */
export function stepDifference({ path, start, mine, solution }: FileStages, step: string): StepDifference | undefined {
  const [before, solved, own] = [declarationsOf(start), declarationsOf(solution), declarationsOf(mine)];
  const named = [...before].filter(([, { text }]) => stepsNamedIn(text).includes(step));
  if (named.length === 0) return undefined;

  const names = named.map(([name]) => name);
  const wanted = withHelpers(names, solved, before);
  const text = withImports(replaced(mine, own, solved, wanted), solution);
  const others = named.map(([name, declaration]) => {
    return [name, stepsNamedIn(declaration.text).filter((other) => other !== step)] as const;
  });
  return { path, mine, solved: text, others: new Map(others.filter(([, steps]) => steps.length > 0)) };
}

/** The names of declarations, and of the added declarations that they use. */
function withHelpers(
  names: readonly string[],
  solved: ReadonlyMap<string, Declaration>,
  before: ReadonlyMap<string, Declaration>,
): readonly string[] {
  const added = [...solved.keys()].filter((name) => !before.has(name) && !names.includes(name));
  const used = added.filter((name) => names.some((user) => uses(solved.get(user)?.text ?? '', name)));
  return used.length === 0 ? names : withHelpers([...names, ...used], solved, before);
}

/** A text with some declarations replaced by the solution's. Missing ones are added at the end. */
function replaced(
  mine: string,
  own: ReadonlyMap<string, Declaration>,
  solved: ReadonlyMap<string, Declaration>,
  names: readonly string[],
): string {
  const known = names.flatMap((name) => {
    const [from, to] = [own.get(name), solved.get(name)];
    return from === undefined || to === undefined ? [] : [{ from: from.from, to: from.to, text: to.text }];
  });
  const text = known
    .toSorted((one, other) => other.from - one.from)
    .reduce((result, { from, to, text: right }) => result.slice(0, from) + right + result.slice(to), mine);
  const added = names.flatMap((name) => (own.has(name) ? [] : (solved.get(name)?.text ?? [])));
  return added.length === 0 ? text : `${text.trimEnd()}\n\n${added.join('\n\n')}\n`;
}

/** A text with the solution's imports that it now needs, and without an unused import of `todo`. */
function withImports(text: string, solution: string): string {
  const own = importsOf(text);
  const body = own.reduce((rest, { text: line }) => rest.replace(line, ''), text);
  const missing = importsOf(solution).filter(({ names }) => {
    return names.some((name) => uses(body, name) && !own.some((line) => line.names.includes(name)));
  });
  const idle = own.find(({ from, names }) => from.endsWith('/todo.ts') && !names.some((name) => uses(body, name)));
  const tidy = idle === undefined ? text : text.replace(`${idle.text}\n`, '').trimStart();
  return missing.reduce((result, line) => {
    const sameFile = own.find((one) => one.from === line.from);
    return sameFile === undefined ? `${line.text}\n${result}` : result.replace(sameFile.text, () => line.text);
  }, tidy);
}

function uses(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(text);
}
