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

test('a solved exercise shows praise, then a summary of the code, then the next things to do', () => {
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

test('from exercise 3 on, the browser game is offered as well', () => {
  expect(linesOf(third).join('\n')).toContain('npm run play or npm run web');
});

test('the last exercise points to "After the workshop"', () => {
  expect(linesOf(last).at(-1)).toContain('"After the workshop" in README.md says how to go on.');
});

test('in watch mode, keys are named instead of commands', () => {
  expect(linesOf(first, 'watch').slice(-2)).toEqual(['  3. Compare with the solution: press s', '  4. Go on: press n']);
});

test('"next" lists no more things to do', () => {
  expect(linesOf(first, 'next')).toEqual(['Exercise 1 is solved. Well done!', '', card]);
});

test('60 columns break no command and no path', () => {
  const lines = linesOf(third, undefined, 60);
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  for (const whole of ['npm run workshop -- solution --all', third.page])
    expect(lines.some((line) => line.includes(whole))).toBe(true);
});

test('open declarations are found by the steps that they name', () => {
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
