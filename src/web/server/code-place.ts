import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Place } from '../messages.ts';

/** The top of the repository, with a slash at its end. */
export const top = fileURLToPath(new URL('../../../', import.meta.url));

/** The folders with the code of the game. An error from anywhere else may hold what is secret. */
const folders = ['src/domain/', 'src/application/'];

/** The line of the game's code in which an error was thrown, or `undefined` if it was elsewhere. */
export function placeOf(error: unknown): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  for (const frame of error.stack?.split('\n').slice(1) ?? []) {
    const [, path, line, column] = /([^\s(]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (path === undefined || path.startsWith('node:')) continue;
    const file = relative(top, path.startsWith('file:') ? fileURLToPath(path) : path).replaceAll(sep, '/');
    return folders.some((folder) => file.startsWith(folder))
      ? { file, line: Number(line), column: Number(column) }
      : undefined;
  }
  return undefined;
}
