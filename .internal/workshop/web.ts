import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// npm run web: the branches of exercises 1 and 2 have this file, and not the game that it starts.
const game = join(import.meta.dirname, '..', '..', 'src', 'web', 'server', 'main.ts');

if (existsSync(game)) await import(pathToFileURL(game).href);
else {
  console.error('The browser game comes with exercise 3, together with the event store that it shows.');
  process.exitCode = 1;
}
