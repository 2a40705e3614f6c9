import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';

import { findProblems } from './check.ts';
import { writeExercise } from './commands/new-exercise.ts';
import { readSteps } from './pages.ts';
import { readFolder } from './sources.ts';
import { composeSteps } from './steps.ts';
import { makeClone, runProgram } from './test-repository.ts';

test('a new exercise is complete, and can be solved at once', { timeout: 600_000 }, async () => {
  const { folder } = makeClone('new-exercise');
  const last = readFolder(folder).manifest.exercises.length;
  const number = last + 1;
  const name = `exercise-${String(number).padStart(2, '0')}-taking-snapshots`;
  const written = await writeExercise(folder, 'taking-snapshots', 'Taking snapshots', 20);

  const { manifest, files } = readFolder(folder);
  expect(findProblems(manifest, files)).toEqual([]);
  expect(manifest.exercises[last]).toMatchObject({ number, title: 'Taking snapshots', minutes: 20, name });
  expect(readSteps(folder, `exercises/${name}.md`)).toMatchObject([
    { number: `${number}.1`, file: 'src/application/taking-snapshots.ts' },
  ]);
  const steps = composeSteps(manifest, files).slice(-2);
  expect(steps.map(({ tree }) => tree.get('src/application/taking-snapshots.ts'))).toEqual([
    `exercises/${name}/src/application/taking-snapshots.ts`,
    'src/application/taking-snapshots.ts',
  ]);
  for (const path of ['README.md', 'exercises/README.md']) {
    const row = new RegExp(`\\| ${number} +\\| \\[Taking snapshots\\][^|]*\\| 20 +\\|`);
    expect(readFileSync(join(folder, path), 'utf8')).toMatch(row);
  }
  expect(readFileSync(join(folder, '.internal/guide/exercises.md'), 'utf8')).toContain(`## Exercise ${number}: Taking`);
  for (const path of written) {
    const options = { ...(await resolveConfig(join(folder, path))), filepath: path };
    expect(await check(readFileSync(join(folder, path), 'utf8'), options), path).toBe(true);
  }
  const links = written
    .filter((path) => path.startsWith('.internal/guide/'))
    .flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8');
      return [...text.matchAll(/\]\(\.\.\/(slides\/[^)]+)\)/g)].map(([, link = '']) => `.internal/${link}`);
    });
  expect(links.filter((link) => !files.has(link))).toEqual([]);

  const vitest = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs');
  const { code, output } = await runProgram(folder, [vitest, 'run', `tests/${name}`]);
  expect(code, output).toBe(0);

  await expect(writeExercise(folder, 'Not A Slug', 'x', 20)).rejects.toThrow('a slug consists of lower-case words');
});
