import { Git, GitError } from './git.ts';
import type { CommitSource } from './sources.ts';
import { composeSteps, type Step } from './steps.ts';

/** What became of a branch. */
export type BranchOutcome = {
  readonly branch: string;
  readonly step: Step;
  readonly state:
    | 'made' // it did not exist
    | 'current' // it was as it should be
    | 'moved on' // main has changed, and nobody had worked on it
    | 'has changes' // main has changed, but it is checked out with changes: left alone
    | 'is yours'; // it holds somebody's work: left alone
};

/** Who makes the branches, and when: the same on every machine, so that the same main gives the same commits. */
const author = {
  name: 'Event Sourcing From The Ground Up',
  email: 'workshop@event-sourcing.invalid',
  date: 1767225600,
};

/**
 * Makes the commits of all steps as objects of git, in one line from `01 start` on. No file is read, no folder touched,
 * and no branch moved.
 *
 * @returns the commit of each step, in their order
 */
export function makeCommits(git: Git, source: CommitSource, steps: readonly Step[]): readonly string[] {
  const scratch = `refs/workshop/making-${process.pid}`;
  const person = `${author.name} <${author.email}> ${author.date} +0000`;
  const commands = steps.map((step, index) => {
    const message = `${step.name}: ${step.exercise.title}\n\nWorkshop-Step: ${step.name}\n`;
    const files = [...step.tree].map(([path, from]) => {
      return `M ${source.modes.get(from) ?? ''} ${source.files.get(from) ?? ''} ${JSON.stringify(path)}`;
    });
    return [
      `commit ${scratch}`,
      `mark :${index + 1}`,
      `author ${person}`,
      `committer ${person}`,
      `data ${Buffer.byteLength(message)}`,
      message,
      'deleteall',
      ...files,
      `get-mark :${index + 1}`,
    ].join('\n');
  });
  // Loose objects, not a new pack each time: most of them are there already, and are not written again.
  const options = ['-c', 'fastimport.unpackLimit=1000000', 'fast-import', '--quiet', '--date-format=raw'];
  const printed = git.run(options, `${commands.join('\n')}\n`);
  git.run(['update-ref', '-d', scratch]);
  return printed.trimEnd().split('\n');
}

/**
 * Makes the branches that are missing and moves on those that nobody has worked on. A branch that holds somebody's work is
 * left as it is.
 */
export function updateBranches(git: Git, source: CommitSource): readonly BranchOutcome[] {
  const steps = composeSteps(source.manifest, source.files);
  const commits = makeCommits(git, source, steps);
  const existing = readBranches(git, steps);
  assertNamesAreFree(git);

  const outcomes = steps.map((step, index) => {
    const commit = commits[index] ?? '';
    const found = existing.get(step.branch);
    return {
      step,
      commit,
      found,
      state: found === undefined ? ('made' as const) : stateOf(git, step.branch, found, commit),
    };
  });
  const created = outcomes.filter(({ state }) => state === 'made');
  const moved = outcomes.filter(({ state, found }) => state === 'moved on' && found?.folder === '');
  const updates = [
    ...created.map(({ step, commit }) => `create refs/heads/${step.branch} ${commit}`),
    ...moved.map(({ step, commit, found }) => `update refs/heads/${step.branch} ${commit} ${found?.tip ?? ''}`),
  ];
  if (updates.length > 0)
    git.run(['update-ref', '-m', 'workshop: made from main', '--stdin'], `${updates.join('\n')}\n`);
  return outcomes.map(({ step, state }) => ({ branch: step.branch, step, state }));
}

type ExistingBranch = {
  readonly tip: string;
  readonly generated: boolean;
  /** The folder that it is checked out in, or nothing. */
  readonly folder: string;
};

function readBranches(git: Git, steps: readonly Step[]): ReadonlyMap<string, ExistingBranch> {
  const format =
    '%(refname)%00%(objectname)%00%(committername)%00%(committeremail)%00%(committerdate:unix)%00%(worktreepath)';
  const lines = git.run(['for-each-ref', `--format=${format}`, ...steps.map(({ branch }) => `refs/heads/${branch}`)]);
  return new Map(
    lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [ref = '', tip = '', name = '', email = '', date = '', folder = ''] = line.split('\0');
        const generated = name === author.name && email === `<${author.email}>` && Number(date) === author.date;
        return [ref.replace('refs/heads/', ''), { tip, generated, folder }];
      }),
  );
}

/** Decides on a branch that exists, and moves it on at once where it is checked out, because its folder has to follow. */
function stateOf(
  git: Git,
  branch: string,
  { tip, generated, folder }: ExistingBranch,
  commit: string,
): BranchOutcome['state'] {
  if (tip === commit) return 'current';
  if (!generated) return 'is yours';
  if (folder === '') return 'moved on';
  const there = new Git(folder);
  const untouched = there.ask('status', '--porcelain') === '';
  // Git is asked to overwrite nothing, not even a file that it ignores.
  const move = ['checkout', '--quiet', '--no-overwrite-ignore', '-B', branch, commit];
  return untouched && there.ask(...move) !== undefined ? 'moved on' : 'has changes';
}

/** A branch called `solutions` leaves no room for `solutions/…`: git keeps them as a file and a folder. */
function assertNamesAreFree(git: Git): void {
  if (git.ask('rev-parse', '--verify', '--quiet', 'refs/heads/solutions') === undefined) return;
  throw new GitError(
    'You have a branch called "solutions", where the solution branches have to go. Rename it: git branch -m solutions my-solutions',
  );
}

/**
 * Publishes the branches. At the remote, too, nothing is overwritten that is not generated.
 *
 * @throws GitError when a branch of the remote holds somebody's work; then none is published
 */
export function pushBranches(
  git: Git,
  remote: string,
  steps: readonly Step[],
  commits: readonly string[],
): readonly string[] {
  const refs = steps.map(({ branch }) => `refs/heads/${branch}`);
  const listed = git
    .run(['ls-remote', remote, ...refs])
    .split('\n')
    .filter((line) => line !== '');
  const tips = new Map(listed.map((line) => line.split('\t').toReversed() as [string, string]));
  if (tips.size > 0) git.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote, ...tips.keys()]);

  const foreign = [...tips].filter(([, tip]) => !isGenerated(git, tip)).map(([ref]) => ref.replace('refs/heads/', ''));
  if (foreign.length > 0) {
    throw new GitError(
      `Nothing was published: at ${remote}, these branches hold somebody's work: ${foreign.join(', ')}.`,
    );
  }
  const changed = refs.flatMap((ref, index) =>
    tips.get(ref) === commits[index] ? [] : [{ ref, commit: commits[index] ?? '' }],
  );
  if (changed.length > 0) {
    const leases = changed.map(({ ref }) => `--force-with-lease=${ref}:${tips.get(ref) ?? ''}`);
    git.run([
      'push',
      '--quiet',
      '--atomic',
      ...leases,
      remote,
      ...changed.map(({ ref, commit }) => `${commit}:${ref}`),
    ]);
  }
  return changed.map(({ ref }) => ref.replace('refs/heads/', ''));
}

function isGenerated(git: Git, commit: string): boolean {
  const committer = git.run(['show', '--no-patch', '--format=%cn <%ce> %ct', commit]).trimEnd();
  return committer === `${author.name} <${author.email}> ${author.date}`;
}
