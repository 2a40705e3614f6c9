import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';

import { parseManifest } from './manifest.ts';
import { drawOverview, nextStep, type Overview } from './overview.ts';
import type { Progress } from './progress.ts';
import { composeSteps } from './steps.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8'));
const [first, second] = manifest.exercises;

const solved = { passed: 3, total: 3 };

function knowing(...known: readonly [number, { passed: number; total: number }][]): Progress {
  return {
    exercises: new Map(known.map(([number, counts]) => [number, { ...counts, steps: {}, source: 'abc' }])),
    hints: {},
  };
}

const onMain: Overview = {
  place: { root, manifest, exercise: undefined, branch: 'main' },
  progress: knowing(),
  source: 'abc',
  machine: { node: '20.19.0', git: '2.39.5', containers: undefined, kurrentdb: false },
  branches: [],
};
const inFirst = { ...onMain, place: { ...onMain.place, exercise: first, branch: first?.branch } };

describe('the next command', () => {
  test.each<[string, Overview, string]>([
    ['on main, is to start the first exercise', onMain, 'npm run workshop -- start 1'],
    [
      'on main, is to start the first unsolved exercise',
      { ...onMain, progress: knowing([1, solved]) },
      'npm run workshop -- start 2',
    ],
    [
      'without git, is to unpack the exercise',
      { ...onMain, branches: 'Git is not installed.' },
      'npm run workshop -- unpack 1 ../exercise-1',
    ],
    ['in an exercise, is to run its tests', inFirst, 'npm test'],
    [
      'in a half-done exercise, is to run its tests',
      { ...inFirst, progress: knowing([1, { passed: 1, total: 3 }]) },
      'npm test',
    ],
    ['in a solved exercise, is to go on', { ...inFirst, progress: knowing([1, solved]) }, 'npm run workshop -- next'],
    [
      'in an exercise with a changed source, is to run the tests',
      { ...inFirst, progress: knowing([1, solved]), source: 'another' },
      'npm test',
    ],
    [
      'on a solution, is to go on',
      { ...inFirst, place: { ...inFirst.place, branch: first?.solutionBranch } },
      'npm run workshop -- next',
    ],
    [
      'after the last exercise, is to play',
      {
        ...onMain,
        progress: knowing(...manifest.exercises.map(({ number }): [number, typeof solved] => [number, solved])),
      },
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
      progress: knowing([2, { passed: 10, total: 37 }]),
    },
  ],
  ['without branches', { ...onMain, branches: 'This folder is not a git repository. The branches need git.' }],
])('the screen %s fits into 60 columns', (_, overview) => {
  const lines = drawOverview(overview, picocolors.createColors(false)).split('\n');
  const command = nextStep(overview).command;
  expect(lines.filter((line) => line.length > 60 && !line.includes(command))).toEqual([]);
});

test('a solved exercise points to playing it, its questions and its solution', () => {
  const { explanation } = nextStep({ ...inFirst, progress: knowing([1, solved]) });
  const places = ['npm\u00a0run\u00a0play', first?.page ?? '', 'solution\u00a0--all'].map((what) =>
    explanation.indexOf(what),
  );
  expect(places).not.toContain(-1);
  expect(places.toSorted((one, other) => one - other)).toEqual(places);
});

test('after the last exercise, the screen points to "After the workshop"', () => {
  const last = manifest.exercises.at(-1);
  const place = { ...onMain.place, exercise: last, branch: last?.branch };
  const progress = knowing([manifest.exercises.length, solved]);
  expect(nextStep({ ...onMain, place, progress }).explanation).toContain('"After the workshop" in README.md');
});

test('a branch with commits of the learner is not called "not started"', () => {
  const steps = composeSteps(manifest, new Map());
  const branches = steps.map((step) => ({ branch: step.branch, step, state: 'is yours' as const }));
  const screen = drawOverview({ ...onMain, branches }, picocolors.createColors(false));
  expect(screen).toContain('(with your commits)');
  expect(screen).not.toContain('not started');
});
