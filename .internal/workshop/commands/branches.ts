import { spawnSync } from 'node:child_process';

import { makeCommits, updateBranches } from '../branches.ts';
import { findProblems } from '../check.ts';
import { openRepository } from '../git.ts';
import { ManifestError } from '../manifest.ts';
import { assertNewest, pushBranches } from '../publish.ts';
import { readCommit, readFolder } from '../sources.ts';
import { composeSteps } from '../steps.ts';
import { root, vitest } from './context.ts';

/** For maintainers: makes all branches from main, proves them, or publishes them. */
export function branches(options: { check?: true; push?: string }): void {
  if (options.check) prove();
  else if (options.push !== undefined) publish(options.push);
  else make();
}

function make(): void {
  const git = openRepository(root);
  const source = readCommit(git);
  const words = {
    made: 'made',
    current: 'is as it should be',
    'moved on': 'moved on to what main has now',
    'has changes': 'left alone: it is checked out with changes. Commit or undo them, and run this again',
    'is yours': 'left alone: it holds commits of yours',
  };
  for (const { branch, state } of updateBranches(git, source)) console.log(`${branch.padEnd(48)} ${words[state]}`);
  console.log(`\nMade from ${source.commit.slice(0, 10)}. What is not committed is on no branch.`);
}

function publish(remote: string): void {
  const git = openRepository(root);
  const source = readCommit(git);
  const steps = composeSteps(source.manifest, source.files);
  assertNewest(git, remote, source.commit);
  const published = pushBranches(git, remote, steps, makeCommits(git, source, steps));
  console.log(
    published.length === 0 ? `${remote} has all of it already.` : `Published to ${remote}: ${published.join(', ')}`,
  );
}

function prove(): void {
  const { manifest, files } = readFolder(root);
  const problems = findProblems(manifest, files);
  if (problems.length > 0) throw new ManifestError(problems);
  const { status } = spawnSync(process.execPath, [vitest, 'run', '.internal/workshop/proof'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
