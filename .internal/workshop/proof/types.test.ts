import { describe, expect, test } from 'vitest';

import { makeChecker } from './checker.ts';
import { readMain, stepOf, Workbench } from './workbench.ts';

/** Each step is checked after the one before, so unchanged files are not checked again. */

const patience = 600_000;
const { manifest, steps } = readMain();
const [first] = steps;
if (first === undefined) throw new Error('there are no exercises');
const bench = new Workbench(first, 'types');
const checker = makeChecker(bench.folder);

for (const exercise of manifest.exercises)
  describe(`exercise ${exercise.number}, ${exercise.title}`, () => {
    test.each(['start', 'solution'] as const)(
      'its %s compiles, and passes the linter',
      async (kind) => {
        const step = stepOf(exercise, kind);
        bench.show(step);
        checker.update(step.tree.keys());
        expect(checker.types()).toEqual([]);
        expect(await checker.lint()).toEqual([]);
      },
      patience,
    );
  });
