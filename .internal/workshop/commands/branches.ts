import { spawnSync } from 'node:child_process';

import { updateBranches } from '../branches.ts';
import { makeCommits } from '../commits.ts';
import { findProblems } from '../check.ts';
import { openRepository } from '../git.ts';
import { rememberMain } from '../main-branch.ts';
import { ManifestError } from '../manifest.ts';
import { assertNewest, pushBranches } from '../publish.ts';
import { readCommit, readFolder } from '../sources.ts';
import { composeSteps } from '../steps.ts';
import { CommandError, root, vitest } from './context.ts';

/** For maintainers: makes all branches from main, proves them, or publishes them. */
export function branches(options: { check?: string | true; push?: string; published?: true }): void {
  if (options.check !== undefined) prove(options.check === true ? undefined : options.check);
  else if (options.push !== undefined) publish(options.push);
  else make(options.published !== true);
}

/** @param mine make them from the local main, even if main at the remote differs */
function make(mine: boolean): void {
  const git = openRepository(root);
  rememberMain(git, mine);
  const source = readCommit(git, mine);
  const words = {
    made: 'made',
    current: 'is up to date',
    'moved on': 'updated to the current main',
    'has changes': 'not updated: it is checked out with changes. Commit or undo them, and run this again',
    'is yours': 'not updated: it has commits of yours',
  };
  for (const { branch, state } of updateBranches(git, source)) console.log(`${branch.padEnd(48)} ${words[state]}`);
  if (source.notice !== undefined) console.log(`\n${source.notice}`);
  console.log(`\nMade from ${source.commit.slice(0, 10)}. The branches do not contain uncommitted changes.`);
}

function publish(remote: string): void {
  const git = openRepository(root);
  const source = readCommit(git, true);
  const steps = composeSteps(source.manifest, source.files);
  assertNewest(git, remote, source.commit);
  const published = pushBranches(git, remote, steps, makeCommits(git, source, steps));
  console.log(
    published.length === 0 ? `${remote} is up to date already.` : `Published to ${remote}: ${published.join(', ')}`,
  );
}

/** @param exercise prove this exercise only */
function prove(exercise: string | undefined): void {
  const { manifest, files } = readFolder(root);
  const problems = findProblems(manifest, files);
  if (problems.length > 0) throw new ManifestError(problems);
  if (exercise !== undefined && manifest.exercises[Number(exercise) - 1] === undefined) {
    throw new CommandError(
      `There is no exercise ${exercise}: they are numbered from 1 to ${manifest.exercises.length}.`,
    );
  }
  // This reporter names each test as soon as it ends. All of them take minutes.
  const only = exercise === undefined ? [] : ['--testNamePattern', `exercise ${exercise},`];
  const args = [vitest, 'run', '.internal/workshop/proof', '--reporter=verbose', ...only];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
