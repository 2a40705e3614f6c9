import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { onTestFinished } from 'vitest';

import { Git } from './git.ts';
import { readFolder } from './sources.ts';

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

/** Commits everything that is in the folder. */
export function commitAll(git: Git, message: string): void {
  git.run(['add', '--all']);
  git.run(['commit', '--quiet', '--message', message]);
}
