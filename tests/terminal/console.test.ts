import { expect, test } from 'vitest';

import { printable } from '../../src/terminal/console.ts';

test.each([
  ['an escape sequence', 'Al\u001b[31mice', 'Al�[31mice'],
  ['a line break', 'Al\nice', 'Al�ice'],
  ['a character that reverses the direction of text', 'Al\u202eice', 'Al�ice'],
  ['half of a surrogate pair', 'Al\ud83dice', 'Al�ice'],
  ['letters of any script', 'Zoë 手 🙂', 'Zoë 手 🙂'],
])('prints %s safely', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('a long text is shortened', () => {
  expect(printable('x'.repeat(10_000))).toBe(`${'x'.repeat(199)}…`);
});
