import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { createVitest, type TestSpecification, type Vitest } from 'vitest/node';

import { findPlace } from '../../workshop/place.ts';
import type { TestRequest } from './test-messages.ts';
import { useReadyThreads } from './ready-thread.ts';
import { LearnReporter } from './test-reporter.ts';

/**
 * Runs the tests of an exercise, as a program that stays warm between two saves. Code of a learner
 * can block it, so the server ends it when it likes.
 */
const root = process.cwd();
const { exercise, ...place } = findPlace(root);
if (exercise === undefined) process.exit(1);
const folder = join(root, 'tests', exercise.name);

/** Its file runs first: it has the open step. */
let first: string | undefined;
const stamps = new Map<string, string>();
const vitest = await createVitest('test', {
  root,
  watch: false,
  includeTaskLocation: true,
  reporters: [new LearnReporter({ ...place, exercise })],
  sequence: { sequencer: openStepFirst() },
});
await vitest.standalone();
noticeChanges(vitest);
const prepareThread = useReadyThreads(vitest);

let isWanted = false;
let isRunning = false;
process.on('message', ({ first: file }: TestRequest) => {
  first = file;
  isWanted = true;
  if (isRunning) void vitest.cancelCurrentRun('keyboard-input');
  else void run();
});
// Code of a learner may block a thread, and with it the usual end.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));

async function run(): Promise<void> {
  isRunning = true;
  while (isWanted) {
    isWanted = false;
    noticeChanges(vitest);
    const all = await vitest.globTestSpecifications();
    await vitest.runTestSpecifications(all.filter(({ moduleId }) => moduleId.startsWith(folder)));
  }
  isRunning = false;
  await prepareThread();
}

/** Lets vitest read each changed file again. */
function noticeChanges(program: Vitest): void {
  for (const path of ['src', 'tests'].flatMap((name) => filesBelow(join(root, name)))) {
    const { mtimeMs, size } = statSync(path);
    const stamp = `${mtimeMs} ${size}`;
    if (stamps.get(path) !== stamp) program.invalidateFile(path);
    stamps.set(path, stamp);
  }
}

function filesBelow(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function openStepFirst() {
  return class {
    async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const byName = new Intl.Collator('en', { numeric: true });
      const rank = ({ moduleId }: TestSpecification) => `${moduleId.endsWith(first ?? '\0') ? 0 : 1} ${moduleId}`;
      return files.toSorted((one, other) => byName.compare(rank(one), rank(other)));
    }

    async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
      return files;
    }
  };
}
