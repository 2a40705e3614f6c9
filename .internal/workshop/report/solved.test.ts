import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { parseManifest } from '../manifest.ts';
import { judge } from '../verdict.ts';
import { openDeclarations } from './open-declarations.ts';
import { solvedLines } from './solved.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const manifest = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, , third] = manifest.exercises;
const last = manifest.exercises.at(-1);
if (first === undefined || third === undefined || last === undefined) throw new Error('there are no exercises');

const card = 'You have written: decide — 3 lines in 1 file.';
const linesOf = (exercise = first, caller?: 'watch' | 'next', width = 100) =>
  solvedLines(judge({ outcomes: [], complete: true }, exercise, []), manifest, card, caller, width);

test('who has solved an exercise is praised, then told what was written, and what there is to do, in this order', () => {
  expect(linesOf()).toEqual([
    'Exercise 1 is solved. Well done!',
    '',
    card,
    '',
    '  1. Play it: npm run play',
    '  2. Check yourself, and answer the questions: exercises/exercise-01-start-game.md',
    '  3. Compare with the solution: npm run workshop -- solution --all',
    '  4. Go on: npm run workshop -- next',
  ]);
});

test('from exercise 3 on there is the page in the browser, too', () => {
  expect(linesOf(third).join('\n')).toContain('npm run play or npm run web');
});

test('after the last exercise, it is said how to go on', () => {
  expect(linesOf(last).at(-1)).toContain('"After the workshop" in README.md says how to go on.');
});

test('while watching, keys are named', () => {
  expect(linesOf(first, 'watch').slice(-2)).toEqual(['  3. Compare with the solution: press s', '  4. Go on: press n']);
});

test('on the way to the next exercise, nothing more is asked for', () => {
  expect(linesOf(first, 'next')).toEqual(['Exercise 1 is solved. Well done!', '', card]);
});

test('in 60 columns, no command and no path is broken', () => {
  const lines = linesOf(third, undefined, 60);
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  for (const whole of ['npm run workshop -- solution --all', third.page])
    expect(lines.some((line) => line.includes(whole))).toBe(true);
});

test('what was open at the start is known by its steps', () => {
  const start = `
    export type Open = { data: unknown }; // after the end
    export type Move = {
      // Exercise 2.1: what has to be remembered?
      data: unknown;
    };
    export function done() { return 1.5 < 2; }
    function open() { return todo('2.2', 'write it'); }
    const schema = todo('2.3', 'and this');
  `;
  expect(openDeclarations(start)).toEqual(['Move', 'open', 'schema']);
});
