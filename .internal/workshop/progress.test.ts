import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { forgetExercise, readProgress, rememberHints, rememberRun } from './progress.ts';
import { makeFolder } from './test-repository.ts';

const run = { passed: 1, total: 3, steps: { '1.2': { passed: 1, total: 1 }, '1.3': { passed: 0, total: 2 } } };

test('the outcome of a run is remembered for each exercise, and the hints beside it', () => {
  const folder = makeFolder();
  rememberRun(folder, 1, run);
  rememberRun(folder, 2, { ...run, passed: 2 });
  rememberHints(folder, '1.3', 2);
  expect(readProgress(folder)).toEqual({
    exercises: new Map([
      [1, run],
      [2, { ...run, passed: 2 }],
    ]),
    hints: { '1.3': 2 },
  });
});

test('an exercise that is put back is forgotten, and no other', () => {
  const folder = makeFolder();
  rememberRun(folder, 1, run);
  rememberRun(folder, 2, run);
  rememberHints(folder, '1.3', 2);
  forgetExercise(folder, 1);
  expect(readProgress(folder)).toEqual({ exercises: new Map([[2, run]]), hints: {} });
});

test.each(['', '{', '[]', '{"exercises":{"1":{"passed":"all"}},"hints":{}}', '{"exercises":{"one":{}},"hints":{}}'])(
  'a file that is damaged (%s) counts as none, and is written again',
  (text) => {
    const folder = makeFolder();
    mkdirSync(join(folder, '.workshop'));
    writeFileSync(join(folder, '.workshop', 'progress.json'), text);
    expect(readProgress(folder)).toEqual({ exercises: new Map(), hints: {} });
    rememberRun(folder, 1, run);
    expect(readProgress(folder).exercises.get(1)).toEqual(run);
  },
);
