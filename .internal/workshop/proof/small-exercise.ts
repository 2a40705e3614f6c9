import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { vitest } from '../commands/context.ts';
import { readFolder } from '../sources.ts';
import { composeSteps } from '../steps.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The folder of the exercise's own tests. */
export const own = 'tests/exercise-02-play-the-game';

/** A test file with these lines. */
export const testFile = (...lines: readonly string[]) => `import { test } from 'vitest';\n${lines.join('\n')}\n`;

/** A line with a passing test. */
export const passing = (name: string) => `test('${name}', () => {});`;

/** A line with a failing test. */
export const failing = (name: string, message = 'it is wrong') =>
  `test('${name}', () => { throw new Error(${JSON.stringify(message)}); });`;

/** The start of exercise 2, with other tests than the workshop's. */
export function makeExercise(name: string, files: Readonly<Record<string, string>>): string {
  const { manifest, files: paths } = readFolder(root);
  const step = composeSteps(manifest, paths).find((one) => one.name === '02 start');
  // The folder is inside main, where it finds the packages. Git ignores it.
  const folder = join(root, '.workshop', 'small', name.replaceAll(' ', '-'));
  rmSync(folder, { recursive: true, force: true });
  const kept = [...(step?.tree ?? [])].filter(([path]) => !path.startsWith('tests/'));
  for (const [path, source] of kept) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, source), join(folder, path));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs vitest there, with pipes in place of a terminal. */
export function runTests(folder: string, ...filter: readonly string[]) {
  const foreign = /^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$|NO_COLOR$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, [vitest, 'run', ...filter], { cwd: folder, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}
