import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

import { zipSync, type Zippable } from 'fflate';

import { describeFileError } from '../file-errors.ts';
import { listFiles } from '../files.ts';
import { readFolder } from '../sources.ts';
import { composeSteps } from '../steps.ts';
import { CommandError, root } from './context.ts';

/** Packs all steps, and main, into archives for a USB stick. */
export function zip(folder: string, options: { withPackages?: true }): void {
  const target = resolve(process.env['INIT_CWD'] ?? '.', folder);
  try {
    pack(target);
    if (options.withPackages) fetchPackages(join(target, 'npm-cache'));
    writeFileSync(join(target, 'README.txt'), offlineReadme);
  } catch (error) {
    const sentence = describeFileError(error);
    if (sentence === undefined) throw error;
    throw new CommandError(`Some archives are missing. ${sentence}`);
  }
  console.log(`\nTo install them without a network, read ${join(folder, 'README.txt')}.`);
}

function pack(target: string): void {
  const { manifest, files } = readFolder(root);
  mkdirSync(target, { recursive: true });
  assertNotPacked(target);
  const archives = [
    { name: 'main', tree: new Map([...files.keys()].map((path) => [path, path])) },
    ...composeSteps(manifest, files).map(({ branch, tree }) => ({
      name: branch.replace('solutions/', 'solution-'),
      tree,
    })),
  ];
  const existing = archives.map(({ name }) => join(target, `${name}.zip`)).find((file) => existsSync(file));
  if (existing !== undefined) {
    throw new CommandError(`${existing} exists already. Name another folder, or delete it first.`);
  }
  for (const { name, tree } of archives) {
    const contents: Zippable = Object.fromEntries(
      [...tree].map(([path, source]) => [`${name}/${path}`, readFileSync(join(root, source))]),
    );
    // The same files give the same archive, byte for byte.
    writeFileSync(join(target, `${name}.zip`), zipSync(contents, { mtime: '2026-01-01T00:00:00' }));
    console.log(`${name}.zip  ${tree.size} files`);
  }
}

/** A target folder inside the workshop would become part of the next archive. */
function assertNotPacked(target: string): void {
  const inside = relative(root, target);
  if (inside.startsWith('..') || resolve(inside) === inside) return;
  const probe = join(target, 'probe.zip');
  writeFileSync(probe, '');
  const isPacked = inside === '' || listFiles(root).includes(`${inside.replaceAll('\\', '/')}/probe.zip`);
  rmSync(probe);
  if (isPacked)
    throw new CommandError(`${target} is inside the workshop. Name a folder outside of it, for example ../stick`);
}

/** Fills an npm cache with every package, for installing offline. */
function fetchPackages(cache: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'packages-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, file), join(folder, file));
    const isWindows = process.platform === 'win32';
    // The path may have spaces, so it is passed as a variable.
    const { status } = spawnSync(isWindows ? 'npm.cmd' : 'npm', ['ci'], {
      cwd: folder,
      stdio: 'inherit',
      shell: isWindows,
      env: { ...process.env, npm_config_cache: cache },
    });
    if (status !== 0)
      throw new CommandError('The packages could not be fetched: see above. The archives were written without them.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const offlineReadme = `Event Sourcing From The Ground Up, on a USB stick

1. Copy the archive of the exercise, for example 01-exercise-start-game.zip, and unpack it. main.zip contains all of them.
2. With a network:      npm ci
   Without a network:   npm ci --offline --cache PATH-TO-THIS-FOLDER/npm-cache
   The folder npm-cache exists if the archives were made with --with-packages. It works on machines with the same operating
   system and the same kind of processor.
3. npm test

You need Node 20.19 or later. You do not need git.
`;
