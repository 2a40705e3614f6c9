import { join } from 'node:path';

import { createVitest } from 'vitest/node';

/**
 * The tests on every save, as a program of its own: the watch that a person looks at starts it, and
 * ends it when a test hangs. It stays warm between two saves. On the message 'run all' it runs
 * everything once more.
 */
const root = join(import.meta.dirname, '..', '..', '..');
process.chdir(root);

const vitest = await createVitest('test', { watch: true, root });
process.on('message', (message) => {
  if (message !== 'run all') return;
  void vitest.globTestSpecifications().then((all) => vitest.rerunTestSpecifications(all, true));
});
// The parent that started it is gone.
process.once('disconnect', () => process.exit(0));
await vitest.start();
