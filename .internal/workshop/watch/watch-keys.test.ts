import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, test, vi } from 'vitest';

import { nextHint } from '../commands/hint.ts';
import { parseManifest } from '../manifest.ts';
import { makeFolder } from '../test-repository.ts';
import { openPage } from './open-page.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const [exercise] = parseManifest(readFileSync(join(root, 'exercises', 'workshop.json'), 'utf8')).exercises;
if (exercise === undefined) throw new Error('there are no exercises');

const page = `# Exercise 1

## 1.2 Remember who plays

In \`src/domain/events.ts\`.

<details><summary>Hint 1: the shape</summary>

An object.

</details>
`;

test('the last hint names the key for the solution in watch mode, and the command elsewhere', () => {
  const folder = makeFolder();
  mkdirSync(dirname(join(folder, exercise.page)), { recursive: true });
  writeFileSync(join(folder, exercise.page), page);
  expect(nextHint(folder, exercise, '1.2', 'press s')).toMatch(/The solution: press s$/);
  expect(nextHint(folder, exercise, '1.2')).toMatch(/The solution: npm run workshop -- solution$/);
});

test('without a program for Markdown, the message says how to open the page', async () => {
  vi.stubEnv('PATH', '');
  const sentence = await openPage(root, exercise.page);
  vi.unstubAllEnvs();
  expect(sentence).toContain(join(root, exercise.page));
  expect(sentence).toContain('open it in your editor');
});
