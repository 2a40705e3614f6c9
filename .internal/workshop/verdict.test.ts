import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { parseManifest } from './manifest.ts';
import { readSteps } from './pages.ts';
import { judge } from './verdict.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, second] = manifest.exercises;
const place = { root, manifest, exercise: second, branch: second?.branch };
const steps = readSteps(root, second?.page ?? '');
const own = `tests/${second?.name ?? ''}/moves.test.ts`;
const earlier = `tests/${first?.name ?? ''}/the-event.test.ts`;

const pass = (name: string, file = own) => ({ name, file, passed: true });
const fail = (name: string, file = own) => ({ name, file, passed: false });

test('the next step is the first one that has a failing test, and the line names its file and its page', () => {
  const verdict = judge(
    [pass('2.1 a'), fail('2.10 d'), fail('2.3 c'), pass('2.3 b'), pass('(given) x')],
    place,
    steps,
    undefined,
  );
  expect(verdict.steps.map(({ number, state, passed, total }) => [number, state, passed, total])).toEqual([
    ['2.1', 'done', 1, 1],
    ['2.3', 'next', 1, 2],
    ['2.10', 'later', 0, 1],
  ]);
  expect(verdict.firstFailure).toBe('2.3 c');
  expect(verdict.next).toBe(
    'Next: step 2.3 "Drop the token", in src/domain/game.ts. It is explained in exercises/exercise-02-play-the-game.md',
  );
});

test('what was right before comes first', () => {
  const verdict = judge([fail('1.4 x', earlier), fail('2.1 a')], place, steps, undefined);
  expect(verdict.firstFailure).toBe('1.4 x');
  expect(verdict.next).toContain('"1.4 x" was right before');
});

test('a test file that cannot be run comes before everything', () => {
  expect(judge([fail('2.1 a')], place, steps, own).next).toContain(`${own} could not be run at all`);
});

test('a solved exercise is praised, and the way on is named', () => {
  expect(judge([pass('2.1 a')], place, steps, undefined).next).toBe(
    'Exercise 2 is solved. Well done! Go on with: npm run workshop -- next',
  );
});

test('a solution is called one', () => {
  const there = { ...place, branch: second?.solutionBranch };
  expect(judge([pass('2.1 a')], there, steps, undefined).next).toContain('This is the solution of exercise 2');
});

test('after the last exercise, the line says where to go on', () => {
  const last = manifest.exercises.at(-1);
  expect(judge([], { ...place, exercise: last, branch: last?.branch }, [], undefined).next).toContain(
    'It was the last one.',
  );
});
