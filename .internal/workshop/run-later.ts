import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs a program that comes with a later exercise. Earlier branches have its command already.
 *
 * @param file the program, from the top of the repository
 * @param sentence what to say where it does not exist yet
 */
export async function runLater(file: string, sentence: string): Promise<void> {
  if (isHere(file, sentence)) await import(pathToFileURL(pathOf(file)).href);
}

/** Whether a file of a later exercise exists. If not, says so, and the program fails. */
export function isHere(file: string, sentence: string): boolean {
  if (existsSync(pathOf(file))) return true;
  console.error(sentence);
  process.exitCode = 1;
  return false;
}

function pathOf(file: string): string {
  return join(import.meta.dirname, '..', '..', file);
}
