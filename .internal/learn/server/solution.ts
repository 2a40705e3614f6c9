import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeCommits } from '../../workshop/commits.ts';
import { Git, openRepository } from '../../workshop/git.ts';
import type { Exercise } from '../../workshop/manifest.ts';
import { readCommit } from '../../workshop/sources.ts';
import { composeSteps, type Step } from '../../workshop/steps.ts';
import type { SolutionView } from '../messages.ts';
import { RefusedError } from './problem.ts';

type Commits = { readonly start: string; readonly solution: string; readonly files: readonly string[] };

/** By the commit of main and the exercise: making them takes a while. */
const known = new Map<string, Commits>();

/** The files that an exercise and its solution have in two versions; `undefined` without git. */
export function exerciseFiles(root: string, exercise: Exercise): readonly string[] | undefined {
  return commitsOf(root, exercise)?.files;
}

/**
 * The learner's files, and what they lack for a step, or for the whole exercise.
 *
 * @throws RefusedError without git
 */
export async function solutionView(root: string, exercise: Exercise, step?: string): Promise<SolutionView> {
  const commits = commitsOf(root, exercise);
  if (commits === undefined)
    throw new RefusedError(422, 'no-git', 'The solution is in git, and git cannot read it here.');
  const git = new Git(root);
  const stages = commits.files.flatMap((path) => {
    const at = (commit: string) => git.ask('cat-file', 'blob', `${commit}:${path}`);
    const [start, solution] = [at(commits.start), at(commits.solution)];
    const mine = textOf(join(root, path));
    return start === undefined || solution === undefined || mine === undefined
      ? []
      : [{ path, start: `${start}\n`, solution: `${solution}\n`, mine }];
  });
  if (step === undefined) {
    return { files: stages.map(({ path, mine, solution }) => ({ path, mine, solved: solution })), alsoSteps: [] };
  }
  // It contains the compiler, which loads slowly.
  const { stepDifference } = await import('../../workshop/step-difference.ts');
  const differences = stages.flatMap((stage) => stepDifference(stage, step) ?? []);
  return {
    files: differences.map(({ path, mine, solved }) => ({ path, mine, solved })),
    alsoSteps: [...new Set(differences.flatMap(({ others }) => [...others.values()].flat()))],
  };
}

function commitsOf(root: string, exercise: Exercise): Commits | undefined {
  try {
    const git = openRepository(root);
    const source = readCommit(git);
    const key = `${source.commit} ${exercise.number}`;
    const found = known.get(key) ?? readCommits(git, source, exercise);
    known.set(key, found);
    return found;
  } catch {
    return undefined; // no git, or no main: the page works without it
  }
}

function readCommits(git: Git, source: ReturnType<typeof readCommit>, { number }: Exercise): Commits {
  const steps = composeSteps(source.manifest, source.files);
  const commits = makeCommits(git, source, steps);
  const commitOf = (kind: Step['kind']) =>
    commits[steps.findIndex((step) => step.exercise.number === number && step.kind === kind)] ?? '';
  const [start, solution] = [commitOf('start'), commitOf('solution')];
  const files = git.run(['diff', '--name-only', '-z', start, solution]).split('\0').slice(0, -1);
  return { start, solution, files };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
