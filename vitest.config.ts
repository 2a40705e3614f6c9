import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', '.internal/**/*.test.ts'],
    // Threads without isolation: the test files of an exercise share their imports, and the answer comes at once.
    pool: 'threads',
    isolate: false,
    reporters: ['default', './.internal/workshop/reporter.ts'],
  },
});
