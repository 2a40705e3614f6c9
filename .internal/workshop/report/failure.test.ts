import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';

import { makeFolder } from '../test-repository.ts';
import { drawFailure } from './draw-failure.ts';
import { failureOf, type ReportedError } from './failure.ts';

const files = ['src/domain/game.ts'];
const root = '/workshop';
const failure = (error: ReportedError, test = '1.3 two players start a game') =>
  failureOf({ name: 'Error', ...error }, root, test, files);
const frame = (file: string, line: number) => ({ file: `${root}/${file}`, line });

describe('the line to look at', () => {
  const support = frame('tests/exercise-01-start-game/2-deciding.test.ts', 7);

  test('is the line that the test names', () => {
    const at = { file: 'src/domain/events.ts', line: 3 };
    expect(failure({ message: 'm', at, stacks: [frame('src/domain/game.ts', 9)] }).at).toEqual(at);
    expect(failure({ message: 'm', at: { ...at, file: `file://${root}/src/domain/events.ts` } }).at).toEqual(at);
  });

  test('is in the learner’s own files, before the files that they call', () => {
    const stacks = [frame('src/domain/errors.ts', 2), frame('src/domain/game.ts', 9), support];
    expect(failure({ message: 'm', stacks }).at).toEqual({ file: 'src/domain/game.ts', line: 9 });
  });

  test('is the first in src, else the first in the tests of an exercise', () => {
    expect(failure({ message: 'm', stacks: [support, frame('src/todo.ts', 1)] }).at?.file).toBe('src/todo.ts');
    expect(failure({ message: 'm', stacks: [frame('node_modules/x.js', 1), support] }).at?.line).toBe(7);
    expect(failure({ message: 'm', at: 'nonsense' }).at).toBeUndefined();
  });
});

describe('the message', () => {
  test('does not repeat the step', () => {
    expect(failure({ message: 'Exercise 1.3: decide has returned undefined' }).message).toBe(
      'decide has returned undefined',
    );
    expect(failure({ message: 'Exercise 1.3: step 1.2 comes first.' }).message).toBe('step 1.2 comes first.');
    expect(failure({ message: 'Exercise 1.2: too wide' }, '(types) it compiles').message).toBe('too wide');
    expect(failure({ message: 'Exercise 1: not a string' }, '(types) it compiles').message).toBe('not a string');
  });

  test('says that a thrown value is not an Error', () => {
    expect(failure({ name: undefined, message: 'game-already-started' }).message).toBe(
      'The thrown value is not an Error: game-already-started',
    );
  });

  test('of a slow test explains the problem, not the setting of the test runner', () => {
    const message = 'Test timed out in 30000ms.\nIf this is a long-running test, pass a timeout value';
    expect(failure({ message }).message).toMatch(/^This test did not end within 30 seconds\. Does it wait/);
  });

  test('begins with the name of a built-in error', () => {
    const message = 'Exercise 1.3: Cannot read properties of undefined';
    expect(failure({ name: 'TypeError', message }).message).toBe('TypeError: Cannot read properties of undefined');
  });

  test('of an unknown name asks for its import', () => {
    const message = 'matchesOf is not defined';
    expect(failure({ name: 'ReferenceError', message }).message).toBe(
      'ReferenceError: matchesOf is not defined. Is its import missing?',
    );
  });

  test('has no escape codes and no absolute paths', () => {
    const message = `\u001b[31m${root}/src/domain/game.ts:3: unexpected\u001b[39m`;
    expect(failure({ message }).message).toBe('src/domain/game.ts:3: unexpected');
  });

  test('lists the issues of a schema in plain text', () => {
    const issues = [{ code: 'invalid_type', path: ['data', 'column'], message: 'Expected a column' }];
    const message = `Exercise 1.3: ${JSON.stringify(issues, null, 2)}`;
    expect(failure({ name: 'ZodError', message }).message).toBe('  data column Expected a column');
  });
});

describe('the difference', () => {
  const diff = `\u001b[32m- Expected\u001b[39m\n+ Received\n${'- [\n'.repeat(40)}`;

  test('is shown for an assertion, and is shortened', () => {
    const { difference } = failure({ name: 'AssertionError', message: 'm', diff });
    expect(difference.slice(0, 2)).toEqual(['- Expected', '+ Received']);
    expect(difference.length).toBeLessThan(20);
  });

  test('is omitted when the message says everything', () => {
    expect(failure({ name: 'Error', message: 'm', diff }).difference).toEqual([]);
  });
});

test('an error is wrapped at the terminal width; tables and paths are not broken', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'game.ts'), `one\ntwo\n${'three '.repeat(40)}\nfour\nfive\n`);
  const lines = drawFailure(
    {
      message: `${'word '.repeat(30)}\n  Given     nothing has happened`,
      difference: [],
      at: { file: 'src/game.ts', line: 3 },
    },
    { root: folder, colors: picocolors.createColors(false), width: 60, files: [] },
  );
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  expect(lines).toContain('     Given     nothing has happened');
  expect(lines).toContain('   src/game.ts:3');
  expect(lines.filter((line) => /^ {3}[> ] +\d+ \|/.test(line)).map((line) => line.slice(0, 12).trim())).toEqual([
    '1 |',
    '2 |',
    '>    3 |',
    '4 |',
  ]);
});
