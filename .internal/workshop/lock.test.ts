import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { Git } from './git.ts';
import { exclusively } from './lock.ts';
import { makeFolder } from './test-repository.ts';

function repository(): { readonly git: Git; readonly lock: string } {
  const git = new Git(makeFolder());
  git.run(['init', '--quiet']);
  return { git, lock: join(git.folder, '.git', 'workshop.lock') };
}

const owner = (id: number) => JSON.stringify({ process: id, host: hostname(), what: 'start 2' });

test('holds the lock during a task, and releases it afterwards', () => {
  const { git, lock } = repository();
  const inside = exclusively(git, 'start 2', () => exclusively(git, 'branches', () => readFileSync(lock, 'utf8')));
  expect(inside).toBe(owner(process.pid));
  expect(existsSync(lock)).toBe(false);
  expect(() => exclusively(git, 'start 2', () => JSON.parse('{') as unknown)).toThrow();
  expect(existsSync(lock)).toBe(false);
});

test('takes over the lock of a dead process, and one with its own process number', () => {
  const { git, lock } = repository();
  const dead = spawnSync(process.execPath, ['--version']).pid;
  for (const content of [owner(dead), owner(process.pid)]) {
    writeFileSync(lock, content);
    expect(exclusively(git, 'start 2', () => 'done')).toBe('done');
    expect(existsSync(lock)).toBe(false);
  }
});

test('fails while another command is running, and names that command', () => {
  const { git, lock } = repository();
  writeFileSync(lock, owner(process.ppid));
  expect(() => exclusively(git, 'start 3', () => 'done')).toThrow(
    `Another command of the workshop is running here (process ${process.ppid}, "start 2"). Nothing was changed.`,
  );
  expect(readFileSync(lock, 'utf8')).toBe(owner(process.ppid));
});
