import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { updateBranches } from './branches.ts';
import { Git } from './git.ts';
import { rememberMain } from './main-branch.ts';
import { manifestPath, NewerManifestError } from './manifest.ts';
import { findPlace } from './place.ts';
import { NoSourceError, readCommit, readFolder } from './sources.ts';
import { commitAll, makeFolder, makeRepository } from './test-repository.ts';

const first = '01-exercise-start-game';

function branchesOf(git: Git): string {
  return git.run(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/[0-9]*', 'refs/heads/solutions/']);
}

function onFirst(): { readonly git: Git; readonly before: string } {
  const git = makeRepository();
  updateBranches(git, readCommit(git));
  git.run(['checkout', '--quiet', first]);
  return { git, before: branchesOf(git).replace(/.* refs\/heads\/01.*\n/, '') };
}

describe('an exercise does not become main', () => {
  test.each([
    [
      'a folder called solutions',
      (git: Git) => {
        mkdirSync(join(git.folder, 'solutions/mine'), { recursive: true });
        cpSync(join(git.folder, 'src/domain/game.ts'), join(git.folder, 'solutions/mine/game.ts'));
      },
    ],
    [
      'the folders of main',
      (git: Git) => {
        git.run(['checkout', '--quiet', 'main', '--', 'exercises', 'solutions']);
      },
    ],
  ])('with %s', (_, prepare) => {
    const { git, before } = onFirst();
    prepare(git);
    expect(findPlace(git.folder).exercise?.number).toBe(1);
    commitAll(git, 'mine');
    expect(findPlace(git.folder).exercise?.number).toBe(1);
    updateBranches(git, readCommit(git));
    expect(branchesOf(git)).toContain(before);
  });

  test('a folder of an exercise without git is not read as main', () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'solutions/mine'), { recursive: true });
    mkdirSync(join(folder, 'exercises'));
    writeFileSync(join(folder, 'solutions/mine/game.ts'), '');
    writeFileSync(join(folder, manifestPath), '{}');
    expect(() => readFolder(folder)).toThrow(NoSourceError);
  });
});

describe('a commit on the local main', () => {
  test('is added to no branch automatically: the message offers both options', () => {
    const { git, before } = withOwnCommit();
    const source = readCommit(git);
    expect(source.notice).toContain('Your main has 1 commit that origin/main does not have (the last is "my idea").');
    expect(source.notice).toContain('npm run branches');
    expect(source.notice).toContain('git reset --keep origin/main');
    updateBranches(git, source);
    expect(branchesOf(git)).toBe(before);
  });

  test('is added on request, and removed on request', () => {
    const { git, before } = withOwnCommit();
    rememberMain(git, true);
    const source = readCommit(git);
    expect(source.notice).toContain('npm run branches -- --published');
    updateBranches(git, source);
    expect(branchesOf(git)).not.toBe(before);
    rememberMain(git, false);
    updateBranches(git, readCommit(git));
    expect(branchesOf(git)).toBe(before);
  });

  test('causes no message when it is published or when there is no remote', () => {
    const { git } = withOwnCommit();
    git.run(['push', '--quiet', 'origin', 'HEAD:refs/heads/other', 'HEAD:main']);
    expect(readCommit(git).notice).toBeUndefined();
    expect(readCommit(git).commit).toBe(git.run(['rev-parse', 'main']).trimEnd());
    expect(readCommit(makeRepository()).notice).toBeUndefined();
  });
});

test('a main that is newer than the program is reported with advice', () => {
  const { git } = onFirst();
  const newer = JSON.stringify({ ...(JSON.parse(git.run(['show', `main:${manifestPath}`])) as object), later: true });
  git.run(['checkout', '--quiet', 'main']);
  writeFileSync(join(git.folder, manifestPath), newer);
  commitAll(git, 'newer');
  git.run(['checkout', '--quiet', first]);
  expect(() => readCommit(git)).toThrow(NewerManifestError);
  expect(() => readCommit(git)).toThrow('git checkout main');
});

/** A clone with the branches and a commit of the learner on main. */
function withOwnCommit(): { readonly git: Git; readonly before: string } {
  const remote = makeRepository();
  remote.run(['config', 'receive.denyCurrentBranch', 'ignore']);
  const git = new Git(join(makeFolder(), 'clone'));
  remote.run(['clone', '--quiet', String(pathToFileURL(remote.folder)), git.folder]);
  git.run(['config', 'user.name', 'Learner']);
  git.run(['config', 'user.email', 'learner@example.org']);
  updateBranches(git, readCommit(git));
  const before = branchesOf(git);
  appendFileSync(join(git.folder, 'LICENSE'), 'Mine.\n');
  commitAll(git, 'my idea');
  return { git, before };
}
