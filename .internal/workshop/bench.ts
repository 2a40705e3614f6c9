import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { isHere } from './run-later.ts';

// npm run bench. Main has all benchmarks, and the branches from exercise 10 on have that of the
// snapshots.
const all = join(import.meta.dirname, '..', 'bench', 'main.ts');
const [name = ''] = process.argv.slice(2);
if (existsSync(all)) await import(pathToFileURL(all).href);
else if (name !== 'snapshots') {
  console.error('This benchmark is on the main branch. Here is: npm run bench -- snapshots');
  process.exitCode = 2;
} else if (isHere('.internal/bench/snapshots.ts', 'This benchmark comes with exercise 10.')) {
  const snapshots = pathToFileURL(join(all, '..', 'snapshots.ts')).href;
  const { benchSnapshots } = (await import(snapshots)) as { benchSnapshots: () => Promise<unknown> };
  await benchSnapshots();
}
