import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig, type TestUserConfig } from 'vitest/config';

import { findPlace } from './.internal/workshop/place.ts';
import { ownTestsFirst } from './.internal/workshop/report/own-tests-first.ts';
import { secondTries } from './.internal/workshop/report/second-tries.ts';

const root = import.meta.dirname;
const { exercise, manifest } = findPlace(root);

const always: TestUserConfig = {
  include: ['tests/**/*.test.ts', '.internal/**/*.test.ts'],
  // Threads without isolation: the test files of an exercise share their imports, so results come
  // fast.
  pool: 'threads',
  isolate: false,
  // Errors are shown at lines of the learner's code or the test, not of the test support.
  onStackTrace: (_error, { file }) => !file.includes('/tests/support/'),
};

const isCI = process.env.CI !== undefined;

const onMain: TestUserConfig = {
  // Thousands of tests with browsers and servers on two cores: one that fails in CI gets a second
  // try, and is named.
  reporters: isCI ? ['default', secondTries] : ['default'],
  retry: isCI ? 1 : 0,
  // Many tests start programs, in parallel.
  maxConcurrency: 3,
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // The longest tests start first.
  sequence: { sequencer: ownTestsFirst(root, '.internal/workshop/proof') },
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** Whether the command line names tests: `npx vitest run tests/event-store`. */
const isChoice = process.argv.slice(2).some((word) => !/^(-.*|run|watch|dev|related)$/.test(word));

/** Type tests of earlier exercises are left out. */
const earlierTypes = manifest.exercises
  .filter(({ number }) => number !== exercise?.number)
  .map(({ name }) => `tests/${name}/9-types.test.ts`);

const inExercise: TestUserConfig = {
  setupFiles: ['./.internal/workshop/report/announce.ts'],
  reporters: ['./.internal/workshop/reporter.ts'],
  // The learner's edits cannot break the stores. The tests of the terminal and the browser game
  // start programs, and every break there fails the exercise's tests first.
  exclude: [
    ...configDefaults.exclude,
    ...(isChoice
      ? []
      : ['tests/event-store/**', 'tests/integration/**', 'tests/terminal/**', 'tests/web/**', ...earlierTypes]),
  ],
  // The tests of the current exercise come first.
  fileParallelism: false,
  sequence: { sequencer: ownTestsFirst(root, `tests/${exercise?.name ?? ''}`) },
  // A slow machine is not an error. Endless loops are detected in another way.
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({ test: { ...always, ...(exercise === undefined ? onMain : inExercise) } });
