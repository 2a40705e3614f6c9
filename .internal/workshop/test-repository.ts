import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { format } from 'node:util';
import { threadId } from 'node:worker_threads';

import { onTestFinished, vi } from 'vitest';

import { updateBranches } from './branches.ts';
import { Git } from './git.ts';
import { bundle, bundleFolder } from './proof/bundle.ts';
import type { drive } from './proof/driver.ts';
import { readCommit, readFolder } from './sources.ts';

const root = join(import.meta.dirname, '..', '..');

/** A temporary folder that is removed after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Template repositories, made on first use and then copied. */
const templates = new Map<string, string>();

/**
 * Copies a template repository, and makes it first if it is missing.
 *
 * @param name the name of the template
 */
function copyTemplate(name: string, target: string, make: (git: Git) => void): Git {
  const known = templates.get(name);
  // Each thread has its own templates.
  const template = known ?? join(root, '.workshop', 'templates', `${process.pid}-${threadId}-${name}`);
  if (known === undefined) {
    rmSync(template, { recursive: true, force: true });
    make(new Git(template));
    templates.set(name, template);
    process.once('exit', () => {
      rmSync(template, { recursive: true, force: true });
    });
  }
  rmSync(target, { recursive: true, force: true });
  cpSync(template, target, { recursive: true });
  return new Git(target);
}

/** Commits the current files of main in a new repository. */
function commitMain(git: Git, person: string, branch: string): void {
  for (const path of readFolder(root).files.keys()) {
    mkdirSync(dirname(join(git.folder, path)), { recursive: true });
    cpSync(join(root, path), join(git.folder, path));
  }
  git.run(['init', '--quiet', `--initial-branch=${branch}`]);
  git.run(['config', 'user.name', person]);
  git.run(['config', 'user.email', `${person.toLowerCase()}@example.org`]);
  commitAll(git, 'main');
}

/** A repository with the current main in one commit. It is removed after the test. */
export function makeRepository(person = 'Somebody', branch = 'main'): Git {
  return copyTemplate(`${person}-${branch}`, makeFolder(), (git) => {
    commitMain(git, person, branch);
  });
}

/**
 * A learner's clone with main and all branches, which can run the program. It is inside main, where
 * it finds the packages. Git ignores it.
 *
 * @param name differs from those of other tests
 */
export function makeClone(name: string): Git {
  const folder = join(root, '.workshop', name.replace(/[^a-z0-9/-]+/gi, '-'));
  return copyTemplate('clone', folder, (git) => {
    commitMain(git, 'Learner', 'main');
    updateBranches(git, readCommit(git));
    git.run(['gc', '--quiet']);
  });
}

/** Runs a command of the workshop in a clone, with pipes for a terminal. */
export function runCommand(folder: string, command: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return runProgram(folder, ['.internal/workshop/run.mjs', ...command], env);
}

/** The output of a program, and how it ended. */
export type Ended = { readonly code: number | null; readonly output: string };

/** Variables that would change the output of a command. */
const unset = { VITEST: undefined, NO_COLOR: undefined, INIT_CWD: undefined };

/** Runs Node in a folder, with pipes for a terminal. */
export function runProgram(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...unset, ...env },
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

/** The commands without the program around them, as one file: see proof/driver.ts. */
export const driverPath = `${bundleFolder}/driver.cjs`;

export async function buildDriver(folder: string): Promise<void> {
  await bundle(folder, '.internal/workshop/proof/driver.ts', 'cjs');
}

/**
 * Runs a command of the driver in this process. Commands use the folder of the driver, not the
 * current one. A thread runs only one command at a time.
 */
export async function driveHere(folder: string, command: readonly string[]): Promise<Ended> {
  const require = createRequire(import.meta.url);
  const path = require.resolve(join(folder, driverPath));
  const driver = require(path) as { readonly drive: typeof drive };
  const before = { ...process.env };
  let output = '';
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((...parts) => {
      output += `${format(...parts)}\n`;
    }),
  );
  for (const name of Object.keys(unset)) Reflect.deleteProperty(process.env, name);
  try {
    return { code: await driver.drive(command), output };
  } finally {
    for (const spy of spies) spy.mockRestore();
    Object.assign(process.env, before);
    Reflect.deleteProperty(require.cache, path);
  }
}

/** Commits everything in the folder. */
export function commitAll(git: Git, message: string): void {
  git.run(['add', '--all']);
  git.run(['commit', '--quiet', '--message', message]);
}
