import { join } from 'node:path';

import { buildSync } from 'esbuild';

/** The commands without the program around them, as one file: it starts in a tenth of the time. */
const driver = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { branches } from './commands/branches.ts';
import { applySolution } from './commands/apply.ts';
import { openWorkshop } from './commands/context.ts';
import { isExpected } from './commands/errors.ts';
import { reset } from './commands/reset.ts';
import { start } from './commands/start.ts';

const { KILL_AT_MOVE, FAIL_AT_MOVE } = process.env;
let again = false;
let left = Number(KILL_AT_MOVE ?? FAIL_AT_MOVE ?? 0);
for (const name of left > 0 ? ['renameSync', 'linkSync'] : []) {
  const original = fs[name];
  fs[name] = (...args) => {
    left -= 1;
    if (left === 0 && KILL_AT_MOVE) process.kill(process.pid, 'SIGKILL');
    // Where a link cannot be made, a file is renamed: so that has to fail, too.
    const fails = left === 0 || again;
    again = left === 0 && name === 'linkSync';
    if (fails) throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'rename', path: args[0] });
    return original(...args);
  };
}
syncBuiltinESMExports();

const [command, argument] = process.argv.slice(2);
try {
  if (command === 'start') start(Number(argument));
  else if (command === 'reset') await reset(argument, { yes: true });
  else if (command === 'branches') branches({});
  else applySolution(openWorkshop());
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
`;

/** Where it lies in a folder: as deep as the commands themselves, and git does not see it. */
export const driverPath = '.workshop/a/b/driver.mjs';

export function buildDriver(folder: string): void {
  const outfile = join(folder, driverPath);
  const stdin = { contents: driver, resolveDir: import.meta.dirname, loader: 'js' } as const;
  buildSync({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', target: 'node20' });
}
