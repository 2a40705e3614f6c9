import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { ownEnvironment, type Workbench } from './workbench.ts';

const triedSchema = z.object({
  tests: z.array(z.object({ name: z.string(), state: z.string(), messages: z.string() })),
  errors: z.array(z.string()),
});

/** What the tests of an exercise said to one answer. */
export type Tried = z.infer<typeof triedSchema>;

/** The longest that one answer may take, in milliseconds. After that it hangs. */
const patience = 180_000;

/**
 * Runs tests for one answer after another, in one warm test runner.
 *
 * @param tests the folder of the tests
 * @param answers for each, the text of the files that take the place of the workbench's
 * @returns for each what the tests said, as soon as it is known; `undefined` for one that hangs
 */
export async function* tryAnswers(
  bench: Workbench,
  tests: string,
  answers: readonly Readonly<Record<string, string>>[],
): AsyncGenerator<Tried | undefined, void, undefined> {
  let done = 0;
  while (done < answers.length) {
    for await (const tried of tryUntilOneHangs(bench, tests, answers.slice(done))) {
      done += 1;
      yield tried;
    }
  }
}

async function* tryUntilOneHangs(
  bench: Workbench,
  tests: string,
  answers: readonly Readonly<Record<string, string>>[],
) {
  const program = join(import.meta.dirname, 'try-answers.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, bench.folder, tests], {
    env: { ...ownEnvironment(), NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(answers));
  let watchdog = setTimeout(() => child.kill('SIGKILL'), patience);
  let left = answers.length;
  for await (const line of createInterface(child.stdout)) {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => child.kill('SIGKILL'), patience);
    left -= 1;
    yield triedSchema.parse(JSON.parse(line));
  }
  clearTimeout(watchdog);
  if (left === 0) return;
  if (!child.killed) throw new Error(`The test runner in ${bench.folder} ended before it had tried all answers.`);
  yield undefined;
}
