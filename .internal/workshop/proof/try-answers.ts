import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { createVitest, type TestCase } from 'vitest/node';
import { z } from 'zod';

/**
 * Runs the tests of an exercise for one answer after another, in one warm test runner. It is a program of its own:
 * its arguments are the folder of a step and the folder of the tests, its input is a list of answers, and it
 * prints one line of JSON for each.
 */
const [folder = '', tests = ''] = process.argv.slice(2);
const answersSchema = z.array(z.record(z.string(), z.string()));
const answers = answersSchema.parse(JSON.parse(await text(process.stdin)));

const vitest = await createVitest('test', { root: folder, watch: false, reporters: [{}] });
await vitest.standalone();
for (const files of answers) console.log(JSON.stringify(await tryAnswer(files)));
await vitest.close();

async function tryAnswer(files: Readonly<Record<string, string>>) {
  const before = Object.keys(files).map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
  write(Object.entries(files));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    await vitest.globTestSpecifications([tests]),
  );
  write(before);
  const broken = testModules.flatMap((module) => module.errors().map(({ message }) => message));
  return {
    tests: testModules.flatMap((module) => [...module.children.allTests()].map(toRun)),
    errors: [...broken, ...unhandledErrors.map((error) => (error as Error).message)],
  };
}

function write(files: readonly (readonly [string, string])[]): void {
  for (const [path, content] of files) {
    writeFileSync(join(folder, path), content);
    vitest.invalidateFile(join(folder, path));
  }
}

function toRun(test: TestCase) {
  const { state, errors = [] } = test.result();
  return { name: test.name, state, messages: errors.map(({ message }) => message).join('\n') };
}
