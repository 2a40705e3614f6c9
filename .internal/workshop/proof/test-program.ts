import { join } from 'node:path';

import { createVitest, type TestCase, type TestModule } from 'vitest/node';

import type { Question, Tried } from './test-runner.ts';
import { warmThread } from './warm-thread.ts';

/**
 * Runs tests of a folder repeatedly, in one warm test runner. test-runner.ts starts this program.
 * Each message to it is a request, and its answer is a message, too.
 */
const [folder = ''] = process.argv.slice(2);
const pool = warmThread(folder);
const alias = { typescript: join(import.meta.dirname, 'warm-typescript.ts') };
const vitest = await createVitest('test', { root: folder, watch: false, reporters: [{}] }, { test: { pool, alias } });
await vitest.standalone();

process.on('message', (question: Question) => {
  void answer(question).then((tried) => process.send?.(tried));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');

async function answer({ tests, changed }: Question): Promise<Tried> {
  for (const path of changed) vitest.invalidateFile(join(folder, path));
  if (changed.length > 0) vitest.clearSpecificationsCache();
  const specifications = await vitest.globTestSpecifications([...tests]);
  const { testModules: known, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const testModules = known.filter(({ moduleId }) => specifications.some((one) => one.moduleId === moduleId));
  const runs = testModules.flatMap((module) => [...module.children.allTests()].map((test) => toRun(test, module)));
  // A test that is still running could disturb the next run.
  if (unhandledErrors.length > 0 || runs.some(({ messages }) => messages.includes('timed out'))) await pool.stop();
  const broken = testModules.flatMap((module) => module.errors().map(({ message }) => message));
  return { tests: runs, errors: [...broken, ...unhandledErrors.map((error) => (error as Error).message)] };
}

function toRun(test: TestCase, { relativeModuleId: file }: TestModule) {
  const { state, errors = [] } = test.result();
  return { name: test.name, file, state, messages: errors.map(({ message }) => message).join('\n') };
}
