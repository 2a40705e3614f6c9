import { join } from 'node:path';

import { createVitest } from 'vitest/node';

/**
 * Runs the tests on every save, in a program of its own. The watch command starts it, and ends it
 * when a test hangs. The message 'run all' runs all tests once more.
 */
const root = join(import.meta.dirname, '..', '..', '..');
process.chdir(root);

const vitest = await createVitest('test', { watch: true, root });
process.on('message', (message) => {
  if (message !== 'run all') return;
  void vitest.globTestSpecifications().then((all) => vitest.rerunTestSpecifications(all, true));
});
// The parent process has ended.
process.once('disconnect', () => process.exit(0));
await vitest.start();
