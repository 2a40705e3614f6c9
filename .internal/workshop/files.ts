import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import picomatch from 'picomatch';

import { Git } from './git.ts';

/**
 * The files of a folder without those that git ignores: paths with slashes, in order. Without git,
 * the simple patterns of `.gitignore` apply.
 */
export function listFiles(folder: string): readonly string[] {
  const git = new Git(folder);
  const isTop = git.ask('rev-parse', '--show-cdup') === '';
  const paths = isTop ? listWithGit(git) : listFolder(folder, '', ignoredNames(folder));
  return paths.filter((path) => !isSecret(path) && isFile(folder, path)).toSorted();
}

function listWithGit(git: Git): readonly string[] {
  const listed = git.run(['ls-files', '--cached', '--others', '--exclude-standard', '-z']).split('\0');
  return [...new Set(listed)].filter((path) => path !== '' && !path.startsWith('node_modules'));
}

function listFolder(folder: string, path: string, isIgnored: (name: string) => boolean): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter(({ name }) => !isIgnored(name))
    .flatMap((entry) => {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      return entry.isDirectory() ? listFolder(folder, inside, isIgnored) : [inside];
    });
}

function ignoredNames(folder: string): (name: string) => boolean {
  const text = isFile(folder, '.gitignore') ? readFileSync(join(folder, '.gitignore'), 'utf8') : '';
  const lines = text.split('\n').map((line) => line.trim().replace(/\/$/, ''));
  const names = lines.filter((line) => line !== '' && !/^[#!]|\//.test(line));
  return picomatch(['.git', 'node_modules', '.data', '.workshop', ...names], { dot: true });
}

/** Files with passwords must not be copied, even if `.gitignore` does not name them. */
function isSecret(path: string): boolean {
  return path.split('/').some((name) => name === '.env' || name.startsWith('.env.'));
}

/**
 * Links count as files: reading follows them. A pipe is left out, because reading it never ends.
 */
function isFile(folder: string, path: string): boolean {
  const stats = lstatSync(join(folder, path), { throwIfNoEntry: false });
  return stats !== undefined && (stats.isFile() || stats.isSymbolicLink());
}
