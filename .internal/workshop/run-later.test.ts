import { afterEach, expect, test, vi } from 'vitest';

import { isHere, runLater } from './run-later.ts';

const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
afterEach(() => {
  said.mockClear();
  process.exitCode = undefined;
});

test('a program of a later exercise says when it comes, and fails', async () => {
  await runLater('src/none.ts', 'It comes with exercise 9.');
  expect(said.mock.calls).toEqual([['It comes with exercise 9.']]);
  expect(process.exitCode).toBe(1);
});

test('a file that exists is here, and nothing is said', () => {
  expect(isHere('package.json', 'It comes with exercise 9.')).toBe(true);
  expect(said.mock.calls).toEqual([]);
  expect(process.exitCode).toBeUndefined();
});
