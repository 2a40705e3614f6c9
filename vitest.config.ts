import { availableParallelism } from 'node:os';

import { configDefaults, defineConfig, type TestUserConfig } from 'vitest/config';

import { findPlace } from './.internal/workshop/place.ts';
import { ownTestsFirst } from './.internal/workshop/report/own-tests-first.ts';

const root = import.meta.dirname;
const { exercise, manifest } = findPlace(root);

const always: TestUserConfig = {
  include: ['tests/**/*.test.ts', '.internal/**/*.test.ts'],
  // Threads without isolation: the test files of an exercise share their imports, and the answer
  // comes at once.
  pool: 'threads',
  isolate: false,
  // An error is shown where the learner's code or the test is, and not in the language that the
  // tests are written in.
  onStackTrace: (_error, { file }) => !file.includes('/tests/support/'),
};

const onMain: TestUserConfig = {
  reporters: ['default'],
  // Many tests start programs of their own, all at once.
  maxConcurrency: 3,
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // The longest come first, so that nobody waits for them in the end.
  sequence: { sequencer: ownTestsFirst(root, '.internal/workshop/proof') },
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

/** Whether somebody has said which tests to run: `npx vitest run tests/event-store`. */
const isChoice = process.argv.slice(2).some((word) => !/^(-.*|run|watch|dev|related)$/.test(word));

/** What earlier exercises have to say about types has been said when they were solved. */
const earlierTypes = manifest.exercises
  .filter(({ number }) => number !== exercise?.number)
  .map(({ name }) => `tests/${name}/9-types.test.ts`);

const inExercise: TestUserConfig = {
  setupFiles: ['./.internal/workshop/report/announce.ts'],
  reporters: ['./.internal/workshop/reporter.ts'],
  // Nothing that one does in an exercise can break the stores. The terminal and the browser game start
  // programs, and what could break them breaks the exercise's tests first.
  exclude: [
    ...configDefaults.exclude,
    ...(isChoice ? [] : ['tests/event-store/**', 'tests/terminal/**', 'tests/web/**', ...earlierTypes]),
  ],
  // The learner's own step comes first, and everything else after it.
  fileParallelism: false,
  sequence: { sequencer: ownTestsFirst(root, `tests/${exercise?.name ?? ''}`) },
  // A slow machine is no mistake. A loop that does not end is noticed in another way.
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({ test: { ...always, ...(exercise === undefined ? onMain : inExercise) } });
