import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { findProblems } from '../check.ts';
import type { Exercise } from '../manifest.ts';
import { readSteps } from '../pages.ts';
import { holesOf } from './holes.ts';
import { contentAt, readMain, root, stepOf } from './workbench.ts';

const { manifest, files } = readMain();

test('every file of main belongs to a step, and every pattern has an effect', () => {
  expect(findProblems(manifest, files)).toEqual([]);
});

for (const exercise of manifest.exercises)
  describe(`exercise ${exercise.number}, ${exercise.title}`, () => {
    test('its start and its solution differ only in src', () => {
      const [start, solution] = [stepOf(exercise, 'start'), stepOf(exercise, 'solution')];
      const paths = new Set([...start.tree.keys(), ...solution.tree.keys()]);
      const different = [...paths].filter((path) => contentAt(start, path) !== contentAt(solution, path));
      expect(different.length).toBeGreaterThan(0);
      expect(different.filter((path) => !path.startsWith('src/'))).toEqual([]);
    });

    test('its page explains every step with a test or a hole: its file, and hints', () => {
      const page = readSteps(root, exercise.page);
      const holes = holesOf(exercise);
      const wanted = [...new Set([...stepsWithTests(exercise), ...holes.flatMap((hole) => hole.steps)])];
      expect(wanted.length).toBeGreaterThan(0);
      const explained = page
        .filter(({ file, hints }) => file !== undefined && hints.length > 0)
        .map(({ number }) => number);
      expect(wanted.filter((number) => !explained.includes(number))).toEqual([]);
      expect(
        holes.filter((hole) => hole.steps.length === 0),
        'holes that name no step',
      ).toEqual([]);
    });
  });

function stepsWithTests(exercise: Exercise): readonly string[] {
  const paths = [...files.keys()].filter((path) => path.startsWith(`tests/${exercise.name}/`));
  return paths.flatMap((path) => {
    const calls = readFileSync(join(root, path), 'utf8').matchAll(/\bstep\(\s*'([\d.]+)'/g);
    return [...calls].flatMap(([, number]) => number ?? []);
  });
}
