import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { root } from './workbench.ts';

/** The end of a program, and its output. */
export type Run = { readonly code: number; readonly output: string };

/**
 * Runs Node in a folder.
 *
 * @param input the standard input
 */
function runNode(folder: string, args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  return new Promise<Run>((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, env: { ...ownEnvironment(), NO_COLOR: '1', ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? -1, output });
    });
    child.stdin.end(input);
  });
}

/**
 * Plays the game in the terminal.
 *
 * @param lines the input
 */
export function play(folder: string, lines: readonly string[]): Promise<Run> {
  return runNode(folder, ['--import', 'tsx', 'src/terminal/main.ts'], `${lines.join('\n')}\n`, {
    EVENT_STORE: 'memory:',
  });
}

/**
 * Runs tests as a learner does.
 *
 * @returns the screen
 */
export function runTestsInTerminal(folder: string, filter: string): Promise<Run> {
  return runNode(folder, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', filter]);
}

/** The environment without the variables of vitest. */
export function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
