import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { findProblems } from './check.ts';
import { ManifestError, parseManifest } from './manifest.ts';
import { composeSteps } from './steps.ts';

/** A workshop of two exercises: for each file, its content. */
const good = {
  'README.md': 'read me',
  'exercises/exercise-01-one.md': 'page 1',
  'exercises/exercise-02-two.md': 'page 2',
  'exercises/exercise-01-one/src/game.ts': 'game with a hole',
  'exercises/exercise-02-two/src/game.ts': 'bigger game with a hole',
  'solutions/exercise-01-one/src/game.ts': 'game',
  'src/game.ts': 'bigger game',
  'tests/one.test.ts': 'test 1',
  'tests/two.test.ts': 'test 2',
  'secret.txt': 'for maintainers',
};

const page = {
  always: ['README.md', 'exercises/*.md'],
  never: ['secret.txt'],
  exercises: [
    { slug: 'one', title: 'One', minutes: 5, given: ['tests/one.test.ts'], solved: [] as string[] },
    { slug: 'two', title: 'Two', minutes: 5, given: ['tests/two.test.ts'], solved: ['src/game.ts'] },
  ],
};

function problemsOf(files: Record<string, string>, manifest: unknown = page): readonly string[] {
  return findProblems(parseManifest(JSON.stringify(manifest)), new Map(Object.entries(files)));
}

test('each step has its own files, those that it takes from main, and those of the step before', () => {
  const files = new Map(Object.entries(good));
  const steps = composeSteps(parseManifest(JSON.stringify(page)), files);
  const contents = steps.map(({ name, tree }) => [
    name,
    files.get(tree.get('src/game.ts') ?? ''),
    tree.has('tests/two.test.ts'),
  ]);
  expect(contents).toEqual([
    ['01 start', 'game with a hole', false],
    ['01 solution', 'game', false],
    ['02 start', 'bigger game with a hole', true],
    ['02 solution', 'bigger game', true],
  ]);
  expect(steps.every(({ tree }) => !tree.has('secret.txt') && tree.has('README.md'))).toBe(true);
});

test('a valid workshop has no problems', () => {
  expect(problemsOf(good)).toEqual([]);
});

const withoutPage = Object.fromEntries(
  Object.entries(good).filter(([path]) => path !== 'exercises/exercise-02-two.md'),
);
test.each<[string, Record<string, string>, unknown, string]>([
  ['a file that no pattern places', { ...good, 'new.txt': '' }, page, 'new.txt: no pattern assigns'],
  [
    'a pattern that matches nothing',
    good,
    { ...page, never: ['secret.txt', 'gone/**'] },
    'gone/**: this pattern matches no file',
  ],
  [
    'a placement that changes nothing',
    good,
    { ...page, exercises: [page.exercises[0], { ...page.exercises[1], given: ['tests/*'] }] },
    'tests/one.test.ts: the pattern "tests/*" of 02 start changes nothing',
  ],
  [
    'an overlay that changes nothing',
    { ...good, 'exercises/exercise-02-two/src/game.ts': 'game' },
    page,
    'exercises/exercise-02-two/src/game.ts: it changes nothing',
  ],
  [
    'an overlay that is main’s own file',
    { ...good, 'exercises/exercise-02-two/src/game.ts': 'bigger game' },
    page,
    'it equals src/game.ts of main',
  ],
  ['an exercise without a page', withoutPage, page, 'exercises/exercise-02-two.md: the exercise has no page'],
  [
    'a gap in the numbers',
    { ...good, 'exercises/exercise-04-four/a.ts': '' },
    page,
    'exercise-04-four: the manifest has no exercise',
  ],
  [
    'an end that differs from main',
    { ...good, 'solutions/exercise-02-two/src/game.ts': 'other' },
    page,
    'src/game.ts: after 02 solution, it differs from main',
  ],
  [
    'a file left over at the end',
    { ...good, 'exercises/exercise-01-one/src/old.ts': 'x' },
    page,
    'src/old.ts: 02 solution has it, and main does not',
  ],
])('reports %s', (_, files, manifest, problem) => {
  expect(problemsOf(files, manifest).join('\n')).toContain(problem);
});

test('an invalid manifest is reported with all of its problems', () => {
  const broken = {
    ...page,
    always: 'README.md',
    exercises: [{ ...page.exercises[0], slug: 'Not A Slug', minutes: -5 }],
  };
  expect(() => parseManifest('{')).toThrow('it is not JSON');
  expect(() => parseManifest(JSON.stringify(broken))).toThrow(ManifestError);
  for (const place of ['always: ', 'exercises.0.slug: ', 'exercises.0.minutes: ']) {
    expect(() => parseManifest(JSON.stringify(broken))).toThrow(place);
  }
});

test('the workshop’s own manifest is valid', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'exercises', 'workshop.json'), 'utf8');
  expect(parseManifest(text).exercises.map(({ branch }) => branch)).toContain('03-exercise-persisting-the-events');
});
