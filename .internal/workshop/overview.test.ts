import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';

import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';

import { parseManifest } from './manifest.ts';
import { drawOverview, nextStep, type Overview } from './overview.ts';
import { readProgress, writeProgress } from './progress.ts';
import { makeFolder } from './test-repository.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, second] = manifest.exercises;

const onMain: Overview = {
  place: { root, manifest, exercise: undefined, branch: 'main' },
  progress: new Map(),
  machine: { node: '20.19.0', git: '2.39.5', containers: undefined, kurrentdb: false },
  branches: [],
  unsaved: false,
};
const solved = { passed: 3, total: 3 };
const inFirst = { ...onMain, place: { ...onMain.place, exercise: first, branch: first?.branch } };

describe('the one next command', () => {
  test.each<[string, Overview, string]>([
    ['on main, is to check out the first exercise', onMain, 'git checkout 01-exercise-start-game'],
    [
      'on main, is the first exercise that is not solved',
      { ...onMain, progress: new Map([[1, solved]]) },
      'git checkout 02-exercise-play-the-game',
    ],
    [
      'without git, is to unpack it',
      { ...onMain, branches: 'Git is not installed.' },
      'npm run workshop -- unpack 1 ../exercise-1',
    ],
    ['in an exercise, is to run its tests', inFirst, 'npm test'],
    [
      'in an exercise half done, is to run its tests',
      { ...inFirst, progress: new Map([[1, { passed: 1, total: 3 }]]) },
      'npm test',
    ],
    [
      'in a solved exercise with changes, is to commit them',
      { ...inFirst, progress: new Map([[1, solved]]), unsaved: true },
      'git commit --all --message "Exercise 1"',
    ],
    [
      'in a solved exercise, is to check out the next',
      { ...inFirst, progress: new Map([[1, solved]]) },
      'git checkout 02-exercise-play-the-game',
    ],
    [
      'on a solution, is to check out the next exercise',
      { ...inFirst, place: { ...inFirst.place, branch: first?.solutionBranch } },
      'git checkout 02-exercise-play-the-game',
    ],
    [
      'after the last exercise, is to play',
      { ...onMain, progress: new Map(manifest.exercises.map(({ number }) => [number, solved])) },
      'npm run play',
    ],
  ])('%s', (_, overview, command) => {
    expect(nextStep(overview).command).toBe(command);
  });
});

test.each([
  ['on main', onMain],
  [
    'in an exercise',
    {
      ...inFirst,
      place: { ...inFirst.place, exercise: second, branch: second?.branch },
      progress: new Map([[2, { passed: 10, total: 37 }]]),
    },
  ],
  ['without branches', { ...onMain, branches: 'This folder is no git repository. There are no branches without it.' }],
])('the screen %s fits into 60 columns', (_, overview) => {
  const lines = drawOverview(overview, picocolors.createColors(false)).split('\n');
  const command = nextStep(overview).command;
  expect(lines.filter((line) => line.length > 60 && !line.includes(command))).toEqual([]);
});

describe('progress', () => {
  test('is remembered for each exercise', () => {
    const folder = makeFolder();
    writeProgress(folder, 1, solved);
    writeProgress(folder, 2, { passed: 1, total: 9 });
    expect(readProgress(folder)).toEqual(
      new Map([
        [1, solved],
        [2, { passed: 1, total: 9 }],
      ]),
    );
  });

  test.each(['', '{', '[]', '{"1":{"passed":"all"}}', '{"one":{"passed":1,"total":1}}'])(
    'that is damaged (%s) counts as none, and is written anew',
    (text) => {
      const folder = makeFolder();
      mkdirSync(join(folder, '.workshop'));
      writeFileSync(join(folder, '.workshop', 'progress.json'), text);
      expect(readProgress(folder)).toEqual(new Map());
      writeProgress(folder, 1, solved);
      expect(readProgress(folder).get(1)).toEqual(solved);
    },
  );
});
