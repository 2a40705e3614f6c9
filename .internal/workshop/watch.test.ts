import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, test, type TestContext } from 'vitest';

import { failing, makeExercise, own, passing, testFile } from './proof/small-exercise.ts';

/** Promise: watch reacts to every save, and follows the exercise in the folder. */

const importing = "import '../../src/mine.ts';";

describe.concurrent('watching', { timeout: 600_000 }, () => {
  test('shows at once that a run has begun, and checks the types after every change', async ({
    expect,
    onTestFinished,
  }) => {
    const folder = makeExercise('watch types', {
      'src/mine.ts': 'export const mine = 1;\n',
      [`${own}/1-moves.test.ts`]: testFile(importing, passing('2.1 a')),
      [`${own}/9-types.test.ts`]: testFile(
        "import { readFileSync } from 'node:fs';",
        "test('(types) it compiles', () => { if (readFileSync('src/mine.ts', 'utf8').includes('wrong')) throw new Error('not a number'); });",
      ),
    });
    const watching = watch(folder, onTestFinished);
    await watching.until(/The tests of exercise 2, Playing the game are starting\..*Exercise 2 is solved/s);

    writeFileSync(join(folder, 'src', 'mine.ts'), "export const mine: number = 'wrong';\n");
    await watching.until(/✗ types.*not a number.*the compiler reports\s+an error/s);
    expect(watching.unread()).not.toContain('is solved');

    writeFileSync(join(folder, 'src', 'mine.ts'), 'export const mine = 2;\n');
    await watching.until(/Exercise 2 is solved/);
  });

  test('survives an endless test, and starts again on the next save', async ({ onTestFinished }) => {
    const loop = testFile(importing, passing('2.1 a'), "test('2.2 b', () => { for (;;) {} });");
    const folder = makeExercise('watch endless', {
      'src/mine.ts': 'export const mine = 1;\n',
      [`${own}/1-moves.test.ts`]: testFile(importing, passing('2.1 a'), failing('2.2 b')),
    });
    const watching = watch(folder, onTestFinished);
    await watching.until(/Next: step 2\.2/);
    writeFileSync(join(folder, own, '1-moves.test.ts'), loop);
    await watching.until(/✗ 2\.2 b.*This test does not end.*They start again as soon as you save\./s);
    writeFileSync(join(folder, own, '1-moves.test.ts'), testFile(importing, passing('2.1 a'), passing('2.2 b')));
    await watching.until(/2 of 2 steps.*Exercise 2 is solved/s);
  });

  test('follows another terminal to the next exercise, without showing failures', async ({
    expect,
    onTestFinished,
  }) => {
    const folder = makeExercise('watch onward', {
      'src/mine.ts': 'export const mine = 1;\n',
      [`${own}/1-moves.test.ts`]: testFile(importing, passing('2.1 a')),
    });
    const watching = watch(folder, onTestFinished);
    await watching.until(/Exercise 2 is solved/);
    mkdirSync(join(folder, 'tests/exercise-03-persisting-the-events'));
    writeFileSync(
      join(folder, 'tests/exercise-03-persisting-the-events/1-border.test.ts'),
      testFile(importing, failing('3.1 b')),
    );
    writeFileSync(join(folder, 'src', 'mine.ts'), "throw new Error('3.1 is open');\n");
    await watching.until(/You are in exercise 3 now\.(.*)Exercise 3: Persisting the events/s);
    expect(watching.all()).not.toContain('fails now: 2.1 a');
    expect(watching.all().split('You are in exercise 3 now.')[0]).not.toContain('could not run');
  });
});

/** Starts the watch with pipes in place of a terminal. It ends with the test. */
function watch(folder: string, onTestFinished: TestContext['onTestFinished']) {
  const foreign = /^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$|NO_COLOR$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const child = spawn(process.execPath, ['--import', 'tsx', '.internal/workshop/main.ts', 'watch'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill();
  });
  let output = '';
  let read = 0;
  let onOutput: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput();
    });
  }
  return {
    /** Waits until the output since the last wait matches. */
    until: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output.slice(read));
          if (found === null) return;
          read += found.index + found[0].length;
          resolve();
        };
        onOutput = look;
        child.once('exit', () => {
          reject(new Error(`the watch has ended:\n${output}`));
        });
        look();
      }),
    /** Marks the output as read after a successful wait. */
    unread: () => output.slice(read),
    all: () => output,
  };
}
