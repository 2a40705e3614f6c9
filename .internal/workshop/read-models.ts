import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// npm run read-models: earlier branches have this file, and not the program that it starts.
const program = join(import.meta.dirname, '..', '..', 'src', 'terminal', 'read-models.ts');

if (existsSync(program)) await import(pathToFileURL(program).href);
else {
  console.error('Read models come with exercise 5.');
  process.exitCode = 1;
}
