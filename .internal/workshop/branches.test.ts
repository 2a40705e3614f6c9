import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { updateBranches } from './branches.ts';
import { makeCommits } from './commits.ts';
import { Git, GitError, NoRepositoryError, openRepository } from './git.ts';
import { assertNewest, pushBranches } from './publish.ts';
import { NoSourceError, readCommit, readFolder } from './sources.ts';
import { composeSteps } from './steps.ts';
import { commitAll, makeFolder, makeRepository } from './test-repository.ts';
import { writeStep } from './commands/unpack.ts';

const first = '01-exercise-start-game';
const game = 'src/domain/game.ts';
const { manifest, files } = readFolder(join(import.meta.dirname, '..', '..'));

function update(git: Git): ReadonlyMap<string, string> {
  return new Map(updateBranches(git, readCommit(git)).map(({ branch, state }) => [branch, state]));
}

function branchesOf(git: Git): string {
  return git.run(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/0*', 'refs/heads/solutions/']);
}

/** Changes what all branches have, and commits it to main. */
function changeMain(git: Git): void {
  git.run(['checkout', '--quiet', 'main']);
  appendFileSync(join(git.folder, 'LICENSE'), 'A line more.\n');
  commitAll(git, 'change what all branches have');
}

describe('making the branches', () => {
  test('makes a start and a solution for every exercise, and touches nothing else', () => {
    const git = makeRepository();
    const head = git.run(['rev-parse', 'HEAD']);
    const outcomes = update(git);
    expect([...outcomes.keys()].slice(0, 3)).toEqual([first, `solutions/${first}`, '02-exercise-play-the-game']);
    expect(new Set(outcomes.values())).toEqual(new Set(['made']));
    expect(git.run(['status', '--porcelain'])).toBe('');
    expect(git.run(['rev-parse', 'HEAD'])).toBe(head);
    expect(git.run(['for-each-ref', 'refs/workshop'])).toBe('');
    expect(new Set(update(git).values())).toEqual(new Set(['current']));
  });

  test('the same main gives the same commits, whoever makes them', () => {
    const [one, other] = [makeRepository('Alice'), makeRepository('Bob')];
    other.run(['config', 'i18n.commitEncoding', 'ISO-8859-1']);
    other.run(['config', 'commit.gpgSign', 'true']);
    for (const git of [one, other]) update(git);
    expect(branchesOf(one)).toBe(branchesOf(other));
  });

  test('a change to the last exercise leaves the commits of those before as they were', () => {
    const git = makeRepository();
    update(git);
    const before = branchesOf(git).split('\n');
    const last = manifest.exercises.at(-1);
    const file = [...files.keys()].find((path) => path.startsWith(`exercises/${last?.name ?? ''}/`)) ?? '';
    appendFileSync(join(git.folder, file), '// more\n');
    commitAll(git, 'change the last exercise');
    update(git);
    const after = branchesOf(git).split('\n');
    expect(before.filter((line) => !after.includes(line)).map((line) => line.split(' ')[1])).toEqual([
      `refs/heads/${last?.branch ?? ''}`,
      `refs/heads/${last?.solutionBranch ?? ''}`,
    ]);
  });

  test('the history of a branch is a table of contents, and holds no answer of its own exercise', () => {
    const git = makeRepository();
    update(git);
    const log = git.run(['log', '--reverse', '--format=%s', 'solutions/02-exercise-play-the-game']);
    expect(log.trimEnd().split('\n')).toEqual([
      '01 start: Starting the game',
      '01 solution: Starting the game',
      '02 start: Playing the game',
      '02 solution: Playing the game',
    ]);
    const shown = git.run(['show', '--name-only', '--format=', 'solutions/02-exercise-play-the-game']);
    expect(shown.trimEnd().split('\n')).toEqual(['src/domain/events.ts', game]);
    expect(git.run(['log', '--format=%(trailers:key=Workshop-Step,valueonly)', '-1', first]).trim()).toBe('01 start');
  });

  test('what is unpacked without git is what the branch has', () => {
    const git = makeRepository();
    update(git);
    for (const [number, kind, branch] of [
      [1, 'start', first],
      [3, 'solution', 'solutions/03-exercise-persisting-the-events'],
    ] as const) {
      const folder = join(makeFolder(), 'exercise');
      writeStep(git.folder, number, kind, folder);
      const onBranch = git.run(['ls-tree', '-r', '--name-only', branch]).trimEnd().split('\n');
      const unpacked = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(unpacked.length).toBe(onBranch.length);
      for (const path of onBranch) {
        expect(readFileSync(join(folder, path), 'utf8'), path).toBe(git.run(['show', `${branch}:${path}`]));
      }
    }
  });

  test.each([
    ['in a shallow clone', (git: Git) => clone(git, '--depth=1')],
    ['with a detached HEAD', (git: Git) => checkedOut(git, '--detach')],
    ['in a worktree', (git: Git) => worktree(git)],
    ['from an exercise branch', (git: Git) => (update(git), checkedOut(git, first))],
    ['where the default branch has another name', () => makeRepository('Somebody', 'trunk')],
    ['from an exercise branch, where it has another name', () => exerciseWithoutMain()],
  ])('works %s', (_, prepare) => {
    const reference = makeRepository();
    update(reference);
    const git = prepare(makeRepository());
    update(git);
    expect(branchesOf(git)).toBe(branchesOf(reference));
  });
});

describe('when main has changed', () => {
  test('branches that nobody has worked on are moved on', () => {
    const git = makeRepository();
    update(git);
    changeMain(git);
    expect(new Set(update(git).values())).toEqual(new Set(['moved on']));
  });

  test('so is the one that is checked out, and its folder follows', () => {
    const git = makeRepository();
    update(git);
    changeMain(git);
    git.run(['checkout', '--quiet', first]);
    expect(update(git).get(first)).toBe('moved on');
    expect(git.run(['status', '--porcelain'])).toBe('');
    expect(readFileSync(join(git.folder, 'LICENSE'), 'utf8')).toContain('A line more.');
  });

  test.each([
    [
      'a changed file',
      (folder: string) => {
        appendFileSync(join(folder, game), '// mine\n');
      },
      game,
    ],
    [
      'a staged file',
      (folder: string) => {
        appendFileSync(join(folder, game), '// mine\n');
        new Git(folder).run(['add', game]);
      },
      game,
    ],
    [
      'a new file',
      (folder: string) => {
        writeFileSync(join(folder, 'notes.txt'), '// mine\n');
      },
      'notes.txt',
    ],
  ])('a branch that is checked out with %s is left alone', (_, work, path) => {
    const git = makeRepository();
    update(git);
    changeMain(git);
    git.run(['checkout', '--quiet', first]);
    const tip = git.run(['rev-parse', first]);
    work(git.folder);
    expect(update(git).get(first)).toBe('has changes');
    expect(git.run(['rev-parse', first])).toBe(tip);
    expect(readFileSync(join(git.folder, path), 'utf8')).toContain('// mine');
  });

  test('so is one where a file that git ignores lies in the way of a new one', () => {
    const git = makeRepository();
    update(git);
    writeFileSync(join(git.folder, 'exercises/notes.md'), 'Everybody gets this.');
    commitAll(git, 'give everybody a page of notes');
    git.run(['checkout', '--quiet', first]);
    appendFileSync(join(git.folder, '.git/info/exclude'), 'notes.md\n');
    writeFileSync(join(git.folder, 'exercises/notes.md'), 'My own notes.');
    expect(update(git).get(first)).toBe('has changes');
    expect(readFileSync(join(git.folder, 'exercises/notes.md'), 'utf8')).toBe('My own notes.');
  });

  test('also where it is checked out in another worktree', () => {
    const git = makeRepository();
    update(git);
    changeMain(git);
    const folder = join(makeFolder(), 'tree');
    git.run(['worktree', 'add', '--quiet', folder, first]);
    appendFileSync(join(folder, game), '// mine\n');
    expect(update(git).get(first)).toBe('has changes');
    expect(readFileSync(join(folder, game), 'utf8')).toContain('// mine');
  });

  test.each([
    [
      'a commit',
      (git: Git) => {
        appendFileSync(join(git.folder, game), '// mine\n');
        commitAll(git, 'mine');
      },
    ],
    [
      'an amended commit',
      (git: Git) => {
        git.run(['commit', '--quiet', '--amend', '--message', 'mine']);
      },
    ],
    [
      'a fast-forward to the solution',
      (git: Git) => {
        git.run(['merge', '--quiet', '--ff-only', `solutions/${first}`]);
      },
    ],
    [
      'a merge',
      (git: Git) => {
        git.run(['merge', '--quiet', '--allow-unrelated-histories', '--strategy=ours', '--no-edit', 'main']);
      },
    ],
  ])('a branch that holds %s of a learner is left alone, also when it is not checked out', (_, work) => {
    const git = makeRepository();
    update(git);
    git.run(['checkout', '--quiet', first]);
    work(git);
    const tip = git.run(['rev-parse', first]);
    changeMain(git);
    expect(update(git).get(first)).toBe('is yours');
    expect(git.run(['rev-parse', first])).toBe(tip);
  });
});

describe('when it cannot be done', () => {
  test('a branch called "solutions" is in the way, and the message says how to rename it', () => {
    const git = makeRepository();
    git.run(['branch', 'solutions']);
    expect(() => update(git)).toThrow(GitError);
    expect(() => update(git)).toThrow('git branch -m solutions');
    expect(branchesOf(git)).not.toContain(first);
  });

  test('so is a branch within the name of another', () => {
    const git = makeRepository();
    git.run(['branch', `${first}/try2`]);
    expect(() => update(git)).toThrow(`git branch -m ${first}/try2 my-${first}-try2`);
  });

  test('outside of a repository, the message says what works without', () => {
    const folder = makeFolder();
    expect(() => openRepository(folder)).toThrow(NoRepositoryError);
    expect(() => openRepository(folder)).toThrow('unpack');
  });

  test('a folder inside another repository is not taken for one', () => {
    const git = makeRepository();
    expect(() => openRepository(join(git.folder, 'src'))).toThrow('inside another git repository');
  });

  // A git that is only a script of the shell: not for Windows.
  test.skipIf(process.platform === 'win32')('a git that is missing or too old is named', () => {
    const bin = makeFolder();
    const path = process.env['PATH'] ?? '';
    try {
      process.env['PATH'] = bin;
      expect(() => openRepository(bin)).toThrow('Git is not installed.');
      writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.17.1\n', { mode: 0o755 });
      process.env['PATH'] = `${bin}:/bin`;
      expect(() => openRepository(bin)).toThrow('too old');
    } finally {
      process.env['PATH'] = path;
    }
  });

  test('a repository that has only an exercise says where the rest is', () => {
    const source = makeRepository();
    update(source);
    const folder = join(makeFolder(), 'clone');
    source.run([
      'clone',
      '--quiet',
      '--single-branch',
      '--branch',
      first,
      String(pathToFileURL(source.folder)),
      folder,
    ]);
    expect(() => update(new Git(folder))).toThrow(NoSourceError);
    const only = new Git(folder);
    expect(() => update(only)).toThrow('git fetch origin main:main');
    only.run(['fetch', '--quiet', 'origin', 'main:main']);
    update(only);
    expect(branchesOf(only)).toBe(branchesOf(source));
  });
});

describe('publishing', () => {
  test('pushes all branches, and only what has changed the next time', () => {
    const { git, remote, push } = withRemote();
    expect(push()).toHaveLength(2 * manifest.exercises.length);
    expect(push()).toEqual([]);
    changeMain(git);
    expect(push()).toHaveLength(2 * manifest.exercises.length);
    update(git);
    expect(branchesOf(remote)).toBe(branchesOf(git));
  });

  test('overwrites nothing at the remote that is not generated, and then publishes nothing', () => {
    const { git, remote, push } = withRemote();
    push();
    const visitor = clone(remote, `--branch=${first}`);
    visitor.run(['config', 'user.name', 'Visitor']);
    visitor.run(['config', 'user.email', 'visitor@example.org']);
    appendFileSync(join(visitor.folder, game), '// mine\n');
    commitAll(visitor, 'mine');
    visitor.run(['push', '--quiet', 'origin', first]);
    const before = branchesOf(remote);
    changeMain(git);
    expect(push).toThrow(`these branches hold somebody's work: ${first}`);
    expect(branchesOf(remote)).toBe(before);
  });
});

test('an older main publishes nothing', () => {
  const { git, remote } = withRemote();
  git.run(['push', '--quiet', remote.folder, 'main']);
  const old = git.run(['rev-parse', 'HEAD']).trimEnd();
  expect(() => {
    assertNewest(git, remote.folder, old);
  }).not.toThrow();
  changeMain(git);
  git.run(['push', '--quiet', remote.folder, 'main']);
  expect(() => {
    assertNewest(git, remote.folder, old);
  }).toThrow('git pull');
});

function withRemote() {
  const git = makeRepository();
  const remote = new Git(makeFolder());
  remote.run(['init', '--quiet', '--bare']);
  const push = () => {
    const source = readCommit(git);
    const steps = composeSteps(source.manifest, source.files);
    return pushBranches(git, remote.folder, steps, makeCommits(git, source, steps));
  };
  return { git, remote, push };
}

function clone(git: Git, ...options: readonly string[]): Git {
  const folder = join(makeFolder(), 'clone');
  git.run(['clone', '--quiet', ...options, String(pathToFileURL(git.folder)), folder]);
  return new Git(folder);
}

function checkedOut(git: Git, what: string): Git {
  git.run(['checkout', '--quiet', what]);
  return git;
}

function worktree(git: Git): Git {
  const folder = join(makeFolder(), 'tree');
  git.run(['worktree', 'add', '--quiet', '--detach', folder]);
  return new Git(folder);
}

function exerciseWithoutMain(): Git {
  const git = makeRepository('Somebody', 'trunk');
  update(git);
  mkdirSync(join(git.folder, '.data'));
  return checkedOut(git, first);
}
