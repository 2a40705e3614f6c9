import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { buildSync } from 'esbuild';
import { onTestFinished } from 'vitest';

import { updateBranches } from './branches.ts';
import { Git } from './git.ts';
import { readCommit, readFolder } from './sources.ts';

const root = join(import.meta.dirname, '..', '..');

/** A folder that is gone when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The files of main, as they are now, in a folder without git. */
function copyMain(): string {
  const folder = makeFolder();
  for (const path of readFolder(root).files.keys()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  return folder;
}

/** A repository whose main branch is main as it is now, committed by somebody. */
export function makeRepository(person = 'Somebody', branch = 'main'): Git {
  const git = new Git(copyMain());
  git.run(['init', '--quiet', `--initial-branch=${branch}`]);
  git.run(['config', 'user.name', person]);
  git.run(['config', 'user.email', `${person}@example.org`]);
  commitAll(git, 'main');
  return git;
}

/**
 * A learner's clone, with main and all branches, in which the program itself can be run: it lies
 * inside of main, so that the packages are found, and git does not see it.
 *
 * @param name tells it from those of other tests
 */
export function makeClone(name: string): Git {
  const folder = join(root, '.workshop', name.replace(/[^a-z0-9/-]+/gi, '-'));
  rmSync(folder, { recursive: true, force: true });
  for (const path of readFolder(root).files.keys()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  const git = new Git(folder);
  git.run(['init', '--quiet', '--initial-branch=main']);
  git.run(['config', 'user.name', 'Learner']);
  git.run(['config', 'user.email', 'learner@example.org']);
  commitAll(git, 'main');
  updateBranches(git, readCommit(git));
  return git;
}

/** Runs a command of the workshop in a clone, with pipes for a terminal. */
export function runCommand(folder: string, command: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return runProgram(folder, ['--import', 'tsx', '.internal/workshop/main.ts', ...command], env);
}

/** Runs Node in a folder, with pipes for a terminal. */
export function runProgram(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, VITEST: undefined, NO_COLOR: undefined, INIT_CWD: undefined, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** Commits everything that is in the folder. */
export function commitAll(git: Git, message: string): void {
  git.run(['add', '--all']);
  git.run(['commit', '--quiet', '--message', message]);
}

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
