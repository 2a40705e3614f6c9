import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCommand } from './test-repository.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the screens of the program', { timeout: 300_000 }, () => {
  test('the help shows how to run a command', async () => {
    const { output } = await runCommand(root, ['--help']);
    expect(output).toMatch(/^Usage: npm run workshop -- \[command\] \[options\]\n/);
  });

  test('start without a number lists the exercises', async () => {
    const { code, output } = await runCommand(root, ['start']);
    expect(code).toBe(2);
    expect(output).toMatch(
      /missing required argument 'number', for example "start 2".*\n.* 1 {2}Starting the game .*\n.* 2 {2}/,
    );
  });
});

test.each([
  ['main.ts', ['vitest', 'typescript', '@clack/prompts']],
  ['commands/overview.ts', ['vitest', 'typescript', '@clack/prompts']],
  ['commands/list.ts', ['vitest', 'typescript', '@clack/prompts']],
  ['commands/hint.ts', ['vitest', 'typescript', '@clack/prompts']],
  ['commands/watch.ts', ['vitest', 'typescript', '@clack/prompts']],
  ['commands/next.ts', ['vitest', 'typescript']],
  ['reporter.ts', ['typescript']],
])('%s loads no slow package that it does not need', (file, heavy) => {
  const packages = packagesOf(join(import.meta.dirname, file));
  expect(heavy.filter((name) => packages.has(name))).toEqual([]);
});

/** The packages that a file loads when it is loaded itself. */
function packagesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(relative(root, file))) return seen;
  seen.add(relative(root, file));
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms);
  for (const [, name = ''] of imports) {
    if (name.startsWith('.')) packagesOf(join(dirname(file), name), seen);
    else seen.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  }
  return seen;
}
