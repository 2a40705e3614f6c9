import { readFileSync } from 'node:fs';

/** A line of the learner's code, shown together with the error. */
export type Place = { readonly file: string; readonly line: number };

/** A wrong answer of the learner's code. The message explains it. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
  /** The line to look at, if the stack does not lead to it. */
  readonly at?: Place;

  /** @param at the line to look at, or an error that was thrown there */
  constructor(message: string, at?: Place | Error) {
    super(message);
    if (at instanceof Error) this.stack = `${this.name}: ${message}\n${framesOf(at)}`;
    else if (at !== undefined) this.at = at;
  }
}

/**
 * The place of the first of these functions in a file.
 *
 * @param file the path from the top of the workshop, for example 'src/domain/game.ts'
 */
export function placeOf(file: string, ...names: readonly string[]): Place | undefined {
  const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n');
  for (const name of names) {
    const index = lines.findIndex((line) => new RegExp(`\\b(function|const|let|class) ${name}\\b`).test(line));
    if (index >= 0) return { file, line: index + 1 };
  }
  return undefined;
}

/** The error with an explanation, if JavaScript's own message is not clear. */
export function explained(error: unknown): Error {
  if (!(error instanceof Error)) {
    return new WrongAnswerError(
      `${String(error)} was thrown. It is not an error: throw an instance of an error class.`,
    );
  }
  if (isChangeInPlace(error)) {
    return new WrongAnswerError(
      `An argument is changed in place (${error.message}).\n` +
        'Other code may still use it. Make a new value instead: { ...old, … } or [ ...old, … ].',
      error,
    );
  }
  return error;
}

/** Whether an error is an attempt to change a frozen value. */
function isChangeInPlace(error: Error): boolean {
  return (
    error instanceof TypeError && /read only|not extensible|Cannot delete property|Cannot redefine/.test(error.message)
  );
}

function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message) + message.length;
  return stack.slice(at).replace(/^\n/, '');
}
