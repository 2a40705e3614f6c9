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
  const program = join(import.meta.dirname, '..', '..', file);
  if (existsSync(program)) await import(pathToFileURL(program).href);
  else {
    console.error(sentence);
    process.exitCode = 1;
  }
}
