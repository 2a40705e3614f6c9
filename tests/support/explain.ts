import { readFileSync } from 'node:fs';

/** A line of the learner's code. Whoever shows the error shows this line. */
export type Place = { readonly file: string; readonly line: number };

/** An answer of the learner's code is not what it should be. The message says so in words. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError';
  /** The line to look at, where the stack does not lead there. */
  readonly at?: Place;

  /** @param at the line to look at, or an error that was thrown there */
  constructor(message: string, at?: Place | Error) {
    super(message);
    if (at instanceof Error) this.stack = `${this.name}: ${message}\n${framesOf(at)}`;
    else if (at !== undefined) this.at = at;
  }
}

/**
 * Where one of these functions stands in a file, the first that is there.
 *
 * @param file the path from the top of the workshop, as in 'src/domain/game.ts'
 */
export function placeOf(file: string, ...names: readonly string[]): Place | undefined {
  const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n');
  for (const name of names) {
    const index = lines.findIndex((line) => new RegExp(`\\b(function|const|let|class) ${name}\\b`).test(line));
    if (index >= 0) return { file, line: index + 1 };
  }
  return undefined;
}

/** The error in words, where what JavaScript says of it needs some. */
export function explained(error: unknown): Error {
  if (!(error instanceof Error)) {
    return new WrongAnswerError(
      `${String(error)} was thrown, and it is no error. Throw an instance of an error class.`,
    );
  }
  if (isChangeInPlace(error)) {
    return new WrongAnswerError(
      `Something that was given is changed in place (${error.message}).\n` +
        'Somebody may still be looking at it. Leave it as it is, and make a new value: { ...old, … } or [ ...old, … ].',
      error,
    );
  }
  return error;
}

/** Whether an error says that something frozen was to be changed. */
function isChangeInPlace(error: Error): boolean {
  return (
    error instanceof TypeError && /read only|not extensible|Cannot delete property|Cannot redefine/.test(error.message)
  );
}

function framesOf({ stack = '', message }: Error): string {
  const at = stack.indexOf(message) + message.length;
  return stack.slice(at).replace(/^\n/, '');
}
