import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, test } from 'vitest';

import { Git } from './git.ts';
import { failing, makeExercise, own, passing, runTests, testFile } from './proof/small-exercise.ts';
import { hashOfSource } from './source-hash.ts';

/** Promise: a learner sees the open step first, and every run ends. */

const earlier = 'tests/exercise-01-start-game/1-earlier.test.ts';

describe.concurrent('the run of an exercise', { timeout: 600_000 }, () => {
  test('shows its own tests first, then an earlier one that fails, and no store', async ({ expect }) => {
    const folder = makeExercise('order', {
      [`${own}/1-moves.test.ts`]: testFile(passing('2.1 a'), failing('2.2 b', 'Exercise 2.2: the move is missing.')),
      [earlier]: testFile(passing('1.2 x'), failing('1.3 y', 'Exercise 1.3: the game has not started.')),
      'tests/event-store/memory.test.ts': testFile(failing('a store')),
    });
    const { code, output } = await runTests(folder);
    expect(code).toBe(1);
    expect(output).toMatch(/1 of 2 steps.*2\.2 b.*the move is missing.*An earlier test fails now: 1\.3 y/s);
    expect(output.trimEnd()).toMatch(/Next: step 2\.2 "[^"]+", in src\/\S+\. It is explained in\s+exercises\/\S+\.md$/);
    expect(output).toContain(`${own}/1-moves.test.ts:3`);
    expect(output).not.toMatch(/^ +Exercise 2\.2/m);
    expect(output).not.toContain('a store');
    expect(output).not.toContain('\u001b');
  });

  test('says in one line that everything else passes', async ({ expect }) => {
    const folder = makeExercise('quiet', {
      [`${own}/1-moves.test.ts`]: testFile(passing('(there) a board'), failing('2.1 a')),
      [earlier]: testFile(passing('1.2 x'), passing('1.3 y')),
    });
    const { output } = await runTests(folder);
    expect(output).toContain(' 2 earlier tests pass, too.\n');
    expect(output).toContain('✓       the code you were given');
  });

  test('is solved even if an earlier test fails, and stores the result with its source', async ({ expect }) => {
    const folder = makeExercise('solved', {
      [`${own}/1-moves.test.ts`]: testFile(passing('2.1 a'), failing('(there) b')),
      [earlier]: testFile(failing('1.3 y')),
    });
    const { output } = await runTests(folder);
    expect(output).toMatch(/Exercise 2 is solved\. Well done!.*Play it: .*Check yourself.*Compare.*Go on: /s);
    expect(output).toMatch(/An earlier test fails now: b \(and 1 other\)/);
    expect(progressOf(folder)).toMatchObject({ 2: { passed: 1, total: 1, source: hashOfSource(folder) } });
  });

  test('does not check the types while another test fails', async ({ expect }) => {
    const folder = makeExercise('types', {
      [`${own}/1-moves.test.ts`]: testFile(failing('2.1 a')),
      [`${own}/9-types.test.ts`]: testFile(failing('(types) it compiles', 'the compiler was asked')),
    });
    const open = await runTests(folder);
    expect(open.output).toContain('Next: step 2.1');
    expect(open.output).not.toContain('the compiler was asked');

    writeFileSync(join(folder, own, '1-moves.test.ts'), testFile(passing('2.1 a')));
    const { code, output } = await runTests(folder);
    expect(code).toBe(1);
    expect(output).toMatch(/1 of 1 step.*✗ types.*the compiler was asked.*the compiler reports\s+an error/s);
    expect(output).not.toContain('solved');
  });

  test('of some of the tests never says "solved", and is not stored', async ({ expect }) => {
    const folder = makeExercise('part', {
      [`${own}/1-moves.test.ts`]: testFile(passing('2.1 a')),
      [`${own}/2-rules.test.ts`]: testFile(failing('2.2 b')),
      'tests/event-store/memory.test.ts': testFile(passing('a store')),
    });
    const store = await runTests(folder, 'tests/event-store');
    expect(store).toMatchObject({ code: 0 });
    expect(store.output).toContain('1 test ran, and it passes. None of these tests belongs to a step of exercise 2.');
    const part = await runTests(folder, '1-moves');
    expect(part.output).toContain('So far, all pass: 1 test of exercise 2. Run all: npm test');
    for (const { output } of [store, part]) {
      expect(output).not.toContain('solved');
      expect(output).not.toContain('0 of 0');
    }
    expect(existsSync(join(folder, '.workshop', 'progress.json'))).toBe(false);
  });

  test('without any test says so', async ({ expect }) => {
    const folder = makeExercise('none', { [`${own}/1-moves.test.ts`]: testFile(passing('2.1 a')) });
    expect((await runTests(folder, 'tests/nowhere')).output).toContain('No test file has this in its path.');
  });

  test('prints no escape codes for a syntax error', async ({ expect }) => {
    const folder = makeExercise('syntax', {
      'src/mine.ts': 'export const one = (;\n',
      [`${own}/1-moves.test.ts`]: testFile("import '../../src/mine.ts';", passing('2.1 a')),
      'tests/exercise-01-start-game/1-a.test.ts': testFile("import '../../src/mine.ts';", passing('1.2 a')),
    });
    const { output } = await runTests(folder);
    expect(output).toMatch(/src\/mine\.ts:1:\d+.*1-moves\.test\.ts could not run/s);
    expect(output.match(/could not run/g)).toHaveLength(1);
    expect(output).not.toContain('An earlier test fails now');
    expect(output).not.toContain('\u001b');
    expect(output).not.toContain(folder);
  });

  test('on the workshop’s solution does not count as progress', async ({ expect }) => {
    const folder = makeExercise('solution', { [`${own}/1-moves.test.ts`]: testFile(passing('2.1 a')) });
    new Git(folder).run(['init', '--quiet', '--initial-branch=solutions/02-exercise-play-the-game']);
    expect((await runTests(folder)).output).toContain('This is the solution of exercise 2');
    expect(existsSync(join(folder, '.workshop', 'progress.json'))).toBe(false);
  });

  test('reports an unhandled error', async ({ expect }) => {
    const folder = makeExercise('await', {
      [`${own}/1-moves.test.ts`]: testFile(
        "test('2.1 a', async () => { void Promise.reject(new Error('the append failed')); await new Promise((r) => setTimeout(r, 20)); });",
      ),
    });
    const { output } = await runTests(folder);
    expect(output).toMatch(/Is an "await" missing\?.*the append failed/s);
  });
});

describe.concurrent('a test that does not end', { timeout: 600_000 }, () => {
  test.each([
    ['awaits for ever', 'for (;;) await Promise.resolve();'],
    ['blocks its thread', 'for (;;) {}'],
  ])('is reported, and the run ends: a test that %s', async (name, loop) => {
    const folder = makeExercise(`endless ${name}`, {
      [`${own}/1-moves.test.ts`]: testFile(
        passing('2.1 a'),
        `test('2.2 b', async () => { ${loop} });`,
        passing('2.2 c'),
      ),
      [earlier]: testFile(passing('1.2 x')),
    });
    const { code, output } = await runTests(folder);
    expectStopped(code, output);
  });
});

function expectStopped(code: number | null, output: string): void {
  const problems = [
    code === 1 ? '' : `it ended with ${String(code)}`,
    /✓ 2\.1 .*✗ 2\.2 .*✗ 2\.2 b/s.test(output) ? '' : 'the verdict so far is missing',
    /This test does not end\. A loop without a limit .* `for \(;;\)` or `while`\s+in\s+src\/\S+\.ts/s.test(output)
      ? ''
      : 'the sentence is missing',
  ].filter((problem) => problem !== '');
  if (problems.length > 0) throw new Error(`${problems.join(', ')}:\n${output}`);
}

function progressOf(folder: string): unknown {
  const text = readFileSync(join(folder, '.workshop', 'progress.json'), 'utf8');
  return (JSON.parse(text) as { exercises: unknown }).exercises;
}
