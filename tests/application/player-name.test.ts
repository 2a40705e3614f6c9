import { expect, test } from 'vitest';

import { problemOfName } from '../../src/application/player-name.ts';

test('a name may have 40 characters of any size in bytes', () => {
  expect(problemOfName('手'.repeat(40))).toBeUndefined();
  expect(problemOfName('x'.repeat(41))).toContain('at most 40 characters');
  expect(problemOfName('x'.repeat(10_000))).toContain('at most 40 characters');
});

test('a name has no control characters', () => {
  expect(problemOfName('Al\u001b[2Jice')).toContain('control characters');
});
