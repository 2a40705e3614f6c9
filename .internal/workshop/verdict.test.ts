import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { colorsFor } from './colors.ts';
import { parseManifest } from './manifest.ts';
import { readSteps } from './pages.ts';
import { drawVerdict } from './report/draw-verdict.ts';
import { nextLine } from './report/next-line.ts';
import { judge, type Outcome, type TestRun } from './verdict.ts';

const root = join(import.meta.dirname, '..', '..');
const { exercises } = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, exercise] = exercises;
if (first === undefined || exercise === undefined) throw new Error('there are no exercises');
const steps = [
  { number: '2.1', title: 'Remember a move', file: 'src/domain/events.ts', files: ['src/domain/events.ts'], hints: [] },
  {
    number: '2.3',
    title: 'Drop the token',
    file: 'src/domain/game.ts',
    files: ['src/domain/game.ts', 'src/domain/board.ts'],
    hints: [],
  },
];

const outcome = (state: Outcome['state']) => (name: string, message?: string) => ({
  name,
  file: `tests/${exercise.name}/moves.test.ts`,
  state,
  message,
});
const [pass, fail, skip] = [outcome('passed'), outcome('failed'), outcome('skipped')];
const earlier = { name: '1.4 x', file: `tests/${first.name}/the-event.test.ts`, state: 'failed' } as const;

const run = (...outcomes: readonly Outcome[]): TestRun => ({ outcomes, complete: true });
const judged = (tests: TestRun) => judge(tests, exercise, steps);
const next = (tests: TestRun) => nextLine(judged(tests), tests, steps);

test('the next step is the first one with a failed test, and the line names its file and its page', () => {
  const tests = run(pass('2.1 a'), fail('2.10 d'), fail('2.3 c'), pass('2.3 b'), pass('(there) x'));
  const verdict = judged(tests);
  expect(verdict.steps.map(({ number, state, passed, total }) => [number, state, passed, total])).toEqual([
    ['2.1', 'done', 1, 1],
    ['2.3', 'next', 1, 2],
    ['2.10', 'later', 0, 1],
  ]);
  expect(verdict.failure?.name).toBe('2.3 c');
  expect(verdict.result).toBe('open');
  expect(next(tests)).toBe(
    'Next: step 2.3 "Drop the token", in src/domain/game.ts. It is explained in exercises/exercise-02-play-the-game.md',
  );
});

test('the numbers of tests are below each other, however long the title of a step is', () => {
  const long = steps.map((step) => ({ ...step, title: step.title.repeat(step.number === '2.3' ? 3 : 1) }));
  const verdict = judge(run(fail('2.1 a'), fail('2.3 b')), exercise, long);
  const rows = drawVerdict(verdict, { root, colors: colorsFor({}), width: 100, files: [] });
  const columns = rows.filter((row) => row.includes('0 of 1 test')).map((row) => row.indexOf('0 of 1 test'));
  expect(columns).toHaveLength(2);
  expect(new Set(columns).size).toBe(1);
});

test('the next line names the file that is on the screen, if the step is about it', () => {
  const tests = run(pass('2.1 a'), fail('2.3 c'));
  const shown = (file: string) => nextLine(judged(tests), tests, steps, false, file);
  expect(shown('src/domain/board.ts')).toContain('in src/domain/board.ts.');
  expect(shown('src/domain/errors.ts')).toContain('in src/domain/game.ts.');
});

describe('a test that belongs to no step', () => {
  test('never hides the open step, in an earlier exercise or for given code', () => {
    const verdict = judged(run(earlier, fail('(given) a'), fail('(there) b'), fail('2.1 c')));
    expect(verdict.failure?.name).toBe('2.1 c');
    expect(verdict.there).toEqual({ passed: 0, failed: 2, total: 2 });
  });

  test('changes nothing about "solved"', () => {
    expect(judged(run(earlier, fail('(there) b'), pass('2.1 c'))).result).toBe('solved');
  });

  test('alone, never leads to "solved" or "0 of 0"', () => {
    const tests = run({ ...earlier, state: 'passed' });
    expect(judged(tests)).toMatchObject({ result: 'none', passed: 0, total: 0 });
    expect(next(tests)).toBe('None of these tests belongs to a step of exercise 2. To run those: npm\u00a0test');
  });
});

describe('the types', () => {
  test('are the open step, in the last row, when everything else passes', () => {
    const tests = run(pass('2.1 a'), fail('(types) it compiles', 'events.ts is not right'));
    expect(judged(tests)).toMatchObject({ result: 'types', open: 'types', passed: 1, total: 2 });
    expect(judged(tests).steps.at(-1)).toMatchObject({ number: 'types', state: 'next' });
    expect(next(tests)).toContain('the tests pass, but the compiler reports an error');
  });

  test('name the step if their message names it', () => {
    const tests = run(pass('2.1 a'), fail('(types) it compiles', 'Exercise 2.1: the type is still the wide one.'));
    expect(judged(tests).open).toBe('2.1');
    expect(next(tests)).toContain(
      'step 2.1 "Remember a move", in src/domain/events.ts. The tests pass, but the compiler',
    );
  });

  test('are not shown while another test fails', () => {
    const verdict = judged(run(fail('2.1 a'), skip('(types) it compiles')));
    expect(verdict).toMatchObject({ result: 'open', open: '2.1' });
    expect(verdict.steps.at(-1)).toMatchObject({ number: 'types', state: 'later' });
  });

  test('do not count as passed when they were skipped', () => {
    expect(judged(run(pass('2.1 a'), skip('(types) it compiles'))).result).toBe('part');
  });
});

describe('a run of some of the tests', () => {
  test('never says "solved" for some files', () => {
    const tests = { ...run(pass('2.1 a')), complete: false };
    expect(judged(tests)).toMatchObject({ result: 'part', complete: false });
    expect(next(tests)).toBe('So far, all pass: 1 test of exercise 2. Run all: npm\u00a0test');
  });

  test('never says "solved" with skipped tests', () => {
    expect(judged(run(pass('2.1 a'), skip('2.3 b')))).toMatchObject({ result: 'part', complete: false });
  });
});

test('shows a test file that could not run before everything else', () => {
  const tests = { ...run(fail('2.1 a')), unreadable: 'tests/exercise-02-play-the-game/1-moves.test.ts' };
  expect(judged(tests)).toMatchObject({ result: 'unreadable', complete: false });
  expect(next(tests)).toContain('1-moves.test.ts could not run');
});

test('every step with a test has its title on the page of the workshop', () => {
  expect(readSteps(root, exercise.page).map(({ number }) => number)).toContain('2.1');
});
