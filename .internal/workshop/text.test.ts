import { expect, test } from 'vitest';

import { command, counted, enumerate, textWidth, wrap } from './text.ts';

test('a text is wrapped at spaces, never within a path', () => {
  expect(wrap('It is explained in exercises/exercise-01-start-game.md', 30)).toEqual([
    'It is explained in',
    'exercises/exercise-01-start-game.md',
  ]);
  expect(wrap('a path-that-is-longer/than-a-line.ts here', 10)).toEqual([
    'a',
    'path-that-is-longer/than-a-line.ts',
    'here',
  ]);
});

test('a command stays on one line', () => {
  expect(wrap(`Go on with: ${command('npm run workshop -- next')}`, 30)).toEqual([
    'Go on with:',
    'npm run workshop -- next',
  ]);
});

test('an indented line stays as it is', () => {
  expect(wrap('  a  table with   columns', 10)).toEqual(['  a  table with   columns']);
});

test('a text is as wide as the terminal, up to 100 columns', () => {
  expect([60, 80, 120, undefined].map(textWidth)).toEqual([60, 80, 100, 100]);
});

test('counted uses the singular for 1', () => {
  expect([counted(0, 'test'), counted(1, 'test'), counted(2, 'test')]).toEqual(['0 tests', '1 test', '2 tests']);
  expect([enumerate([]), enumerate(['a']), enumerate(['a', 'b']), enumerate(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
