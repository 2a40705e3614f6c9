import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { parseManifest } from './manifest.ts';
import {
  currentSource,
  forgetExercise,
  leaveExercise,
  readProgress,
  rememberHints,
  rememberRun,
  stateOf,
} from './progress.ts';
import { hashOfSource } from './source-hash.ts';
import { makeFolder } from './test-repository.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, second] = manifest.exercises;
if (first === undefined || second === undefined) throw new Error('there are no exercises');

const run = {
  passed: 1,
  total: 3,
  steps: { '1.2': { passed: 1, total: 1 }, '1.3': { passed: 0, total: 2 } },
  source: 'abc',
};

test('the result of a run and the hints are stored for each exercise', () => {
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

test('a reset deletes the progress of its exercise only', () => {
  const folder = makeFolder();
  rememberRun(folder, 1, run);
  rememberRun(folder, 2, run);
  rememberHints(folder, '1.3', 2);
  forgetExercise(folder, 1);
  expect(readProgress(folder)).toEqual({ exercises: new Map([[2, run]]), hints: {} });
});

test('leaving an exercise with a changed source discards its result', () => {
  const folder = makeFolder();
  mkdirSync(join(folder, 'src'));
  rememberRun(folder, 1, { ...run, source: hashOfSource(folder) });
  leaveExercise(folder, 1);
  expect(readProgress(folder).exercises.size).toBe(1);
  writeFileSync(join(folder, 'src', 'game.ts'), 'changed');
  leaveExercise(folder, 1);
  expect(readProgress(folder).exercises.size).toBe(0);
});

test.each(['', '{', '[]', '{"exercises":{"1":{"passed":"all"}},"hints":{}}', '{"exercises":{"one":{}},"hints":{}}'])(
  'a damaged file (%s) counts as empty, and is written again',
  (text) => {
    const folder = makeFolder();
    mkdirSync(join(folder, '.workshop'));
    writeFileSync(join(folder, '.workshop', 'progress.json'), text);
    expect(readProgress(folder)).toEqual({ exercises: new Map(), hints: {} });
    rememberRun(folder, 1, run);
    expect(readProgress(folder).exercises.get(1)).toEqual(run);
  },
);

describe('the progress of an exercise', () => {
  const solvedIn = (folder: string, source: string) => {
    const place = { root: folder, manifest, exercise: first, branch: first.branch };
    const progress = { exercises: new Map([[1, { ...run, passed: 3, source }]]), hints: {} };
    return { place, progress, source: currentSource(place) };
  };

  test('is "solved" while the source is unchanged since the run', () => {
    const folder = makeSource();
    const { place, progress, source } = solvedIn(folder, hashOfSource(folder));
    expect(stateOf(first, place, progress, source)).toBe('solved');
  });

  test('is "changed" as soon as the source differs', () => {
    const { place, progress, source } = solvedIn(makeSource(), 'another');
    expect(stateOf(first, place, progress, source)).toBe('changed');
  });

  test('stays "solved" after switching to another exercise', () => {
    const { place, progress, source } = solvedIn(makeSource(), 'another');
    expect(stateOf(first, { ...place, exercise: second, branch: second.branch }, progress, source)).toBe('solved');
  });

  test('is "not started" when no test has run', () => {
    const { place, progress, source } = solvedIn(makeSource(), 'another');
    expect(stateOf(second, place, progress, source)).toBe('not started');
  });
});

test('line ends do not change the source, but every other edit does', () => {
  const [one, other] = [makeSource('a\nb\n'), makeSource('a\r\nb\r\n')];
  expect(hashOfSource(other)).toBe(hashOfSource(one));
  writeFileSync(join(one, 'src', 'more.ts'), '');
  expect(hashOfSource(other)).not.toBe(hashOfSource(one));
});

function makeSource(text = 'export {};\n'): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'game.ts'), text);
  return folder;
}
