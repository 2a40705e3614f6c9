import { appendFileSync, cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { writeStep } from './commands/unpack.ts';
import { Git } from './git.ts';
import { unusablePart } from './machine.ts';
import { readFolder } from './sources.ts';
import { buildDriver, driverPath, makeClone, makeFolder, makeRepository, runProgram } from './test-repository.ts';

/**
 * Failures of the machine or of people: the message says what happened and what to do, and no
 * change is half done.
 */

const first = '01-exercise-start-game';
const game = 'src/domain/game.ts';
const onUnix = test.skipIf(process.platform === 'win32');

let template = '';
beforeAll(async () => {
  const git = makeClone('accidents/template');
  git.run(['checkout', '--quiet', first]);
  await buildDriver(git.folder);
  template = git.folder;
}, 600_000);

function learner(name: string): { readonly git: Git; readonly folder: string } {
  const folder = join(template, '..', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(template, folder, { recursive: true });
  appendFileSync(join(folder, game), '// mine\n');
  return { git: new Git(folder), folder };
}

function stateOf(git: Git): string {
  const refs = git.run(['for-each-ref', '--format=%(refname) %(objectname)']);
  return [git.run(['symbolic-ref', 'HEAD']), refs, git.run(['status', '--porcelain'])].join('\n');
}

describe('a switch that fails', () => {
  test.each([2, 3, 5, 8, 13, 21])(
    'an error while moving file %i restores everything',
    { timeout: 300_000 },
    async (at) => {
      const { git, folder } = learner(`locked-${at}`);
      writeFileSync(join(folder, 'notes.txt'), 'mine');
      const before = stateOf(git);
      const { code, output } = await runProgram(folder, [driverPath, 'start', '2'], { FAIL_AT_MOVE: String(at) });
      expect(code, output).toBe(1);
      expect(output).toContain('another program has the file open. Nothing was changed.');
      expect(stateOf(git)).toBe(before);
      expect(readFileSync(join(folder, game), 'utf8')).toContain('// mine');
    },
  );

  onUnix('a folder of another user is reported with git’s own advice', async () => {
    const { folder } = learner('owner');
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const { code, output } = await runProgram(folder, [driverPath, 'start', '2'], env);
    expect(code).toBe(1);
    expect(output).toContain(`git config --global --add safe.directory ${folder}`);
  });

  onUnix('an error shows git’s message, not only a broken pipe', () => {
    const bin = makeFolder();
    writeFileSync(join(bin, 'git'), '#!/bin/sh\nexec 0<&-\necho "error: Permission denied" >&2\nexit 128\n', {
      mode: 0o755,
    });
    const path = process.env['PATH'] ?? '';
    try {
      process.env['PATH'] = `${bin}:${path}`;
      const run = () => new Git(bin).run(['-c', 'a.b=1', 'fast-import'], 'x'.repeat(10_000_000));
      expect(run).toThrow('git fast-import failed: error: Permission denied');
    } finally {
      process.env['PATH'] = path;
    }
  });
});

test('variables of another repository are ignored', { timeout: 300_000 }, async () => {
  const { git, folder } = learner('variables');
  const other = learner('other');
  const before = stateOf(other.git);
  const env = {
    GIT_DIR: join(other.folder, '.git'),
    GIT_WORK_TREE: other.folder,
    GIT_INDEX_FILE: join(other.folder, 'x'),
  };
  const { code, output } = await runProgram(folder, [driverPath, 'start', '2'], env);
  expect(code, output).toBe(0);
  expect(stateOf(other.git)).toBe(before);
  expect(git.run(['symbolic-ref', '--short', 'HEAD'])).toBe('02-exercise-play-the-game\n');
  expect(git.run(['show', `${first}:${game}`])).toContain('// mine');
});

test('"git checkout -" leads back', { timeout: 300_000 }, async () => {
  const { git, folder } = learner('way-back');
  await runProgram(folder, [driverPath, 'start', '2']);
  git.run(['checkout', '--quiet', '-']);
  expect(git.run(['symbolic-ref', '--short', 'HEAD'])).toBe(`${first}\n`);
  expect(git.run(['log', '-1', '--format=%s'])).toBe('Work in progress on exercise 1\n');
});

describe('unpacking', () => {
  onUnix('a broken link and a file in place of a folder are reported, and no change is half done', () => {
    const git = makeRepository();
    const target = join(makeFolder(), 'exercise');
    writeFileSync(target, 'a file');
    const unpack = () => {
      writeStep(git.folder, 1, 'start', target);
    };
    expect(unpack).toThrow('Nothing was unpacked.');
    expect(readFileSync(target, 'utf8')).toBe('a file');
    symlinkSync('nowhere', join(git.folder, 'src/dangling.ts'));
    expect(unpack).toThrow('src/dangling.ts cannot be read');
  });

  test('ignored files and passwords are not copied', () => {
    const git = makeRepository();
    for (const path of ['debug.log', '.env', '.env.local', 'notes.txt']) writeFileSync(join(git.folder, path), '');
    const paths = () => [...readFolder(git.folder).files.keys()].filter((path) => !path.includes('/'));
    expect(paths()).toContain('notes.txt');
    expect(paths().filter((path) => /log|env/.test(path))).toEqual([]);
    rmSync(join(git.folder, '.git'), { recursive: true });
    expect(paths()).toContain('notes.txt');
    expect(paths().filter((path) => /log|env/.test(path))).toEqual([]);
  });
});

test('a path in which the tests cannot start is reported', () => {
  expect(unusablePart('/home/me/C#/workshop')).toBe('#');
  expect(unusablePart('/home/me/my%20workshop')).toBe('%20');
  expect(unusablePart('/home/me/100% workshop')).toBeUndefined();
});
