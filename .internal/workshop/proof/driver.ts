import fs from 'node:fs';

import { applySolution } from '../commands/apply.ts';
import { branches } from '../commands/branches.ts';
import { openWorkshop } from '../commands/context.ts';
import { isExpected } from '../commands/errors.ts';
import { reset } from '../commands/reset.ts';
import { start } from '../commands/start.ts';

/**
 * The commands without the program around them.
 *
 * @returns the exit code
 */
export async function drive([command, argument]: readonly string[]): Promise<number> {
  try {
    if (command === 'start') start(Number(argument));
    else if (command === 'reset') await reset(argument, { yes: true });
    else if (command === 'branches') branches({});
    else applySolution(openWorkshop());
    return 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Runs a callback before the nth file is moved. */
function atMove(left: number, happen: (path: unknown) => void): void {
  let again = false;
  for (const name of ['renameSync', 'linkSync'] as const) {
    const original = fs[name] as (...args: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        left -= 1;
        // Without links, a file is renamed, so that call has to fail, too.
        const happens = left === 0 || again;
        again = left === 0 && name === 'linkSync';
        if (happens) happen(args[0]);
        return original(...args);
      },
    });
  }
}

if (process.argv[1] === import.meta.filename) {
  const { KILL_AT_MOVE, FAIL_AT_MOVE } = process.env;
  if (KILL_AT_MOVE !== undefined) atMove(Number(KILL_AT_MOVE), () => process.kill(process.pid, 'SIGKILL'));
  if (FAIL_AT_MOVE !== undefined) {
    atMove(Number(FAIL_AT_MOVE), (path) => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'rename', path });
    });
  }
  void drive(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
