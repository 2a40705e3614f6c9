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
  return git.run(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/[0-9]*', 'refs/heads/solutions/']);
}

/** Changes a file of all branches, and commits it to main. */
function changeMain(git: Git): void {
  git.run(['checkout', '--quiet', 'main']);
  appendFileSync(join(git.folder, 'LICENSE'), 'A line more.\n');
  commitAll(git, 'change what all branches have');
}

describe('making the branches', () => {
  test('makes a start and a solution for every exercise, and changes nothing else', () => {
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

  test('the same main gives the same commits for every author', () => {
    const [one, other] = [makeRepository('Alice'), makeRepository('Bob')];
    other.run(['config', 'i18n.commitEncoding', 'ISO-8859-1']);
    other.run(['config', 'commit.gpgSign', 'true']);
    for (const git of [one, other]) update(git);
    expect(branchesOf(one)).toBe(branchesOf(other));
  });

  test('a change to the last exercise does not change the commits of earlier ones', () => {
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

  test('the history of a branch lists the earlier steps, without the answer of its own exercise', () => {
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

  test('unpacking without git writes the files of the branch', () => {
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
  test('branches without a learner’s work are updated', () => {
    const git = makeRepository();
    update(git);
    changeMain(git);
    expect(new Set(update(git).values())).toEqual(new Set(['moved on']));
  });

  test('the branch that is checked out is updated, with its folder', () => {
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

  test('a branch is left alone when an ignored file blocks a new one', () => {
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

  test('a branch with changes in another worktree is left alone', () => {
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
  ])('a branch with %s of a learner is left alone, even if it is not checked out', (_, work) => {
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

describe('when branches cannot be made', () => {
  test('a branch called "solutions" blocks the names, and the message says how to rename it', () => {
    const git = makeRepository();
    git.run(['branch', 'solutions']);
    expect(() => update(git)).toThrow(GitError);
    expect(() => update(git)).toThrow('git branch -m solutions');
    expect(branchesOf(git)).not.toContain(first);
  });

  test('a branch below the name of a workshop branch is reported in the same way', () => {
    const git = makeRepository();
    git.run(['branch', `${first}/try2`]);
    expect(() => update(git)).toThrow(`git branch -m ${first}/try2 my-${first}-try2`);
  });

  test('outside of a repository, the message says what works without git', () => {
    const folder = makeFolder();
    expect(() => openRepository(folder)).toThrow(NoRepositoryError);
    expect(() => openRepository(folder)).toThrow('unpack');
  });

  test('a folder inside another repository is not accepted as a repository', () => {
    const git = makeRepository();
    expect(() => openRepository(join(git.folder, 'src'))).toThrow('inside another git repository');
  });

  // A git that is only a script of the shell: not for Windows.
  test.skipIf(process.platform === 'win32')('a missing or outdated git is reported', () => {
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

  test('in a repository with only an exercise, the message says how to fetch main', () => {
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
  test('pushes all branches, and only changed ones the next time', () => {
    const { git, remote, push } = withRemote();
    expect(push()).toHaveLength(2 * manifest.exercises.length);
    expect(push()).toEqual([]);
    changeMain(git);
    expect(push()).toHaveLength(2 * manifest.exercises.length);
    update(git);
    expect(branchesOf(remote)).toBe(branchesOf(git));
  });

  test('publishes nothing when a branch of the remote has commits of a person', () => {
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
    expect(push).toThrow(`these branches have commits of a person: ${first}`);
    expect(branchesOf(remote)).toBe(before);
  });
});

test('publishes nothing from an older main', () => {
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
