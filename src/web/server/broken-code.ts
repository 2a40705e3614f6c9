import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Place, Problem } from '../messages.ts';
import { placeOf, top } from './code-place.ts';

/** Why the game cannot be served: an error in its code. */
export type BrokenCode = { readonly message: string; readonly place: Place; readonly line: string };

/**
 * The place of an error that keeps the game's code from being loaded: a syntax error, a name that
 * another file does not export, or an error that is thrown while a file is loaded.
 *
 * @returns `undefined` for any other error
 */
export function brokenCode(error: unknown): BrokenCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const built = /^(\S+?):(\d+):(\d+): ERROR: (.*)$/m.exec(error.message);
  const [, path, line, column, message] = built ?? linked(error) ?? [];
  const place =
    path === undefined ? placeOf(error) : { file: fileOf(path), line: Number(line), column: Number(column) };
  if (!place?.file.startsWith('src/')) return undefined;
  return { message: message ?? String(error), place, line: lineAt(place) };
}

/** Node shows the place of such an error above its message. */
function linked({ stack = '', message }: Error): readonly (string | undefined)[] | undefined {
  const [, path, line] = /^(\S*[\\/]\S+?):(\d+)\n/.exec(stack) ?? [];
  return path === undefined ? undefined : [undefined, path, line, '0', message];
}

/** A file, named from the top of the repository. */
function fileOf(path: string): string {
  const absolute = path.startsWith('file:') ? fileURLToPath(path) : path;
  return absolute.startsWith('src/') ? absolute : relative(top, absolute).replaceAll(sep, '/');
}

function lineAt({ file, line }: Place): string {
  return readFileSync(`${top}${file}`, 'utf8').split('\n')[line - 1] ?? '';
}

/** Broken code as a problem document. */
export function problemOf({ message, place }: BrokenCode): Problem {
  const { file, line, column } = place;
  return {
    type: 'urn:connect-four:code-broken',
    title: 'The code of the game cannot be loaded',
    status: 503,
    code: 'code-broken',
    detail: `The code cannot be loaded. ${file}:${line}:${column}: ${message}`,
    place,
  };
}
