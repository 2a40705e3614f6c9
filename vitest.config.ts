import { existsSync } from 'node:fs';

import { defineConfig } from 'vitest/config';

/** Only main has the folder of the solutions. */
const onMain = existsSync('solutions');

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', '.internal/**/*.test.ts'],
    // Threads without isolation: the test files of an exercise share their imports, and the answer comes at once.
    pool: 'threads',
    isolate: false,
    // On main, many tests start programs of their own, all at once. A learner's test that hangs is told so soon.
    maxConcurrency: 3,
    testTimeout: onMain ? 60_000 : 5_000,
    hookTimeout: onMain ? 120_000 : 10_000,
    reporters: onMain ? ['default'] : ['./.internal/workshop/reporter.ts'],
    // An error is shown where the learner's code or the test is, and not in the language that the tests are written in.
    onStackTrace: (_error, { file }) => !file.includes('/tests/support/'),
  },
});
