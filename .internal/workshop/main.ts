import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';
import picocolors from 'picocolors';

import { makeCommits, pushBranches, updateBranches, type BranchOutcome } from './branches.ts';
import { findProblems } from './check.ts';
import { Git, GitError, NoRepositoryError, openRepository } from './git.ts';
import { inspectMachine } from './machine.ts';
import { ManifestError } from './manifest.ts';
import { drawOverview } from './overview.ts';
import { findPlace } from './place.ts';
import { readProgress } from './progress.ts';
import { NoSourceError, readCommit, readFolder } from './sources.ts';
import { composeSteps } from './steps.ts';
import { unpack, UnpackError } from './unpack.ts';

const root = join(import.meta.dirname, '..', '..');
const colors = picocolors.createColors(process.stdout.isTTY ? !process.env['NO_COLOR'] : false);

const program = new Command('npm run workshop --')
  .description('Event Sourcing From The Ground Up. Without a command: where you are, and the next thing to do.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(showOverview);

program
  .command('branches')
  .description('make the branches of all exercises and solutions from main')
  .option('--check', 'prove instead that every exercise can be solved, and is not solved from the start')
  .option('--push <remote>', 'publish the branches to a remote')
  .action((options: { check?: true; push?: string }) => {
    if (options.check) proveBranches();
    else if (options.push !== undefined) publishBranches(options.push);
    else makeBranches();
  });

program
  .command('unpack')
  .description('write an exercise into a folder, without git')
  .argument('<number>', 'the exercise', parseNumber)
  .argument('<folder>', 'a folder that does not exist yet')
  .option('--solution', 'its solution instead')
  .addHelpText('after', '\nExample:\n  npm run workshop -- unpack 2 ../exercise-2')
  .action((number: number, folder: string, options: { solution?: true }) => {
    unpackExercise(number, folder, options.solution ? 'solution' : 'start');
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

async function showOverview(): Promise<void> {
  const place = findPlace(root);
  const git = new Git(root);
  const overview = {
    place,
    progress: readProgress(root),
    machine: await inspectMachine(root),
    branches: tryToUpdateBranches(),
    unsaved: (git.ask('status', '--porcelain', '--untracked-files=no') ?? '') !== '',
  };
  console.log(drawOverview(overview, colors));
}

/** What became of the branches, or why there are none: the first screen comes in either case. */
function tryToUpdateBranches(): readonly BranchOutcome[] | string {
  try {
    const git = openRepository(root);
    return updateBranches(git, readCommit(git));
  } catch (error) {
    if (error instanceof Error && isExpected(error)) return error.message;
    throw error;
  }
}

function makeBranches(): void {
  const git = openRepository(root);
  const source = readCommit(git);
  const outcomes = updateBranches(git, source);
  const words = {
    made: 'made',
    current: 'is as it should be',
    'moved on': 'moved on to what main has now',
    'has changes': 'left alone: it is checked out with changes. Commit or undo them, and run this again',
    'is yours': 'left alone: it holds commits of yours',
  };
  for (const { branch, state } of outcomes) console.log(`${branch.padEnd(48)} ${words[state]}`);
  console.log(`\nMade from ${source.commit.slice(0, 10)}. What is not committed is on no branch.`);
}

function publishBranches(remote: string): void {
  const git = openRepository(root);
  const source = readCommit(git);
  const steps = composeSteps(source.manifest, source.files);
  const published = pushBranches(git, remote, steps, makeCommits(git, source, steps));
  console.log(
    published.length === 0 ? `${remote} has all of it already.` : `Published to ${remote}: ${published.join(', ')}`,
  );
}

function proveBranches(): void {
  const { manifest, files } = readFolder(root);
  const problems = findProblems(manifest, files);
  if (problems.length > 0) throw new ManifestError(problems);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '.internal/workshop/proof'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

function unpackExercise(number: number, folder: string, kind: 'start' | 'solution'): void {
  unpack(root, number, kind, resolve(process.env['INIT_CWD'] ?? '.', folder));
  console.log(`Exercise ${number} is in ${folder}. Now: cd ${folder}, npm ci, npm test`);
}

function parseNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('It is a number, as in "unpack 2 ../exercise-2".');
  return Number(text);
}

function explain(error: unknown): number {
  if (!(error instanceof Error) || !isExpected(error)) throw error;
  console.error(error.message);
  return 1;
}

function isExpected(error: Error): boolean {
  return [GitError, NoRepositoryError, NoSourceError, ManifestError, UnpackError].some((kind) => error instanceof kind);
}
