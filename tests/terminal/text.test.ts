import { expect, test } from 'vitest';

import { problemOfName } from '../../src/application/player-name.ts';
import { printable } from '../../src/terminal/text.ts';

test.each([
  ['an escape sequence', 'Al\u001b[31mice', 'Al�[31mice'],
  ['a line break', 'Al\nice', 'Al�ice'],
  ['a sign that turns the direction of writing', 'Al\u202eice', 'Al�ice'],
  ['half a character', 'Al\ud83dice', 'Al�ice'],
  ['letters of any script', 'Zoë 手 🙂', 'Zoë 手 🙂'],
])('%s is shown so that it can do no harm', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a text that does not end is cut', () => {
  expect(printable('x'.repeat(10_000))).toBe(`${'x'.repeat(199)}…`);
});

test('a name may have 40 characters, however many bytes they take', () => {
  expect(problemOfName('手'.repeat(40))).toBeUndefined();
  expect(problemOfName('x'.repeat(41))).toContain('at most 40 characters');
  expect(problemOfName('x'.repeat(10_000))).toContain('at most 40 characters');
});

test('a name has no control characters', () => {
  expect(problemOfName('Al\u001b[2Jice')).toContain('control characters');
});
