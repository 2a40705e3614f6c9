import { declarationsOf, stepsNamedIn } from '../declarations.ts';

/** The names of the declarations in a file that are still open: those that name a step. */
export function openDeclarations(text: string): readonly string[] {
  return [...declarationsOf(text)].flatMap(([name, declaration]) =>
    stepsNamedIn(declaration.text).length === 0 ? [] : [name],
  );
}
