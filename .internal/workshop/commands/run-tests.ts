import { spawn } from 'node:child_process';

import type { Exercise } from '../manifest.ts';
import { callerVariable, type ReporterMessage } from '../report/messages.ts';
import { root, vitest } from './context.ts';

/**
 * Runs the exercise's own tests, and shows the result.
 *
 * @returns whether the exercise is solved. Only the tests of its steps and types count.
 */
export function runOwnTests({ name, number }: Exercise): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let solved = false;
    const child = spawn(process.execPath, [vitest, 'run', `tests/${name}/`], {
      cwd: root,
      env: { ...process.env, [callerVariable]: 'next' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message: ReporterMessage) => {
      if (message.kind === 'verdict') solved = message.solved && message.exercise === number;
    });
    child.once('error', reject);
    child.once('close', () => {
      resolve(solved);
    });
  });
}
