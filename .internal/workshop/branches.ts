import { isGenerated, makeCommits } from './commits.ts';
import { Git, GitError } from './git.ts';
import { exclusively } from './lock.ts';
import type { CommitSource } from './sources.ts';
import { composeSteps, type Step } from './steps.ts';
import { changeFolder } from './work.ts';

/** The state of a branch after the update. */
export type BranchOutcome = {
  readonly branch: string;
  readonly step: Step;
  readonly state:
    | 'made' // it did not exist
    | 'current' // it was as it should be
    | 'moved on' // main has changed, and the branch had no work of a learner
    | 'has changes' // main has changed, but it is checked out with changes: left alone
    | 'is yours'; // it has work of a learner: left alone
};

/**
 * Makes missing branches, and updates branches without a learner's work. Others stay as they are.
 *
 * @param commits those of {@link makeCommits}, if they exist already
 */
export function updateBranches(
  git: Git,
  source: CommitSource,
  commits: readonly string[] = makeCommits(git, source, composeSteps(source.manifest, source.files)),
): readonly BranchOutcome[] {
  return exclusively(git, 'branches', () => {
    const steps = composeSteps(source.manifest, source.files);
    const existing = readBranches(git, steps);
    const outcomes = steps.map((step, index) => {
      const commit = commits[index] ?? '';
      const found = existing.get(step.branch);
      const state = found === undefined ? ('made' as const) : stateOf(git, step.branch, found, commit);
      return { step, commit, found, state };
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
  });
}

type ExistingBranch = {
  readonly tip: string;
  readonly generated: boolean;
  /** The folder of the worktree that has checked it out; empty if there is none. */
  readonly folder: string;
};

function readBranches(git: Git, steps: readonly Step[]): ReadonlyMap<string, ExistingBranch> {
  const fields = ['refname', 'objectname', 'committername', 'committeremail', 'committerdate:unix'];
  const format = [...fields, 'worktreepath', 'contents:subject'].map((field) => `%(${field})`).join('%00');
  const lines = git
    .run(['for-each-ref', `--format=${format}`, 'refs/heads'])
    .split('\n')
    .slice(0, -1);
  const branches = lines.map((line) => {
    const [ref = '', tip = '', name = '', email = '', date = '', folder = '', subject = ''] = line.split('\0');
    const branch = ref.replace('refs/heads/', '');
    const step = steps.find((one) => one.branch === branch);
    // The commit of another step is generated, too, but the learner put it here, for example by a
    // merge.
    const isStep = step !== undefined && subject.startsWith(`${step.name}: `);
    return [branch, { tip, generated: isStep && isGenerated(`${name} ${email} ${date}`), folder }] as const;
  });
  assertNamesAreFree(
    branches.map(([branch]) => branch),
    steps,
  );
  return new Map(branches);
}

/** Decides on an existing branch. A branch that is checked out moves at once, with its folder. */
function stateOf(
  git: Git,
  branch: string,
  { tip, generated, folder }: ExistingBranch,
  commit: string,
): BranchOutcome['state'] {
  if (tip === commit) return 'current';
  if (!generated) return 'is yours';
  if (folder === '') return 'moved on';
  try {
    const message = 'Work in progress';
    changeFolder(new Git(folder), {
      what: 'branches',
      target: commit,
      keep: 'nowhere',
      message,
      then: { moveTo: commit },
    });
    return 'moved on';
  } catch (error) {
    if (error instanceof GitError) return 'has changes';
    throw error;
  }
}

/** Git stores branches as files in folders, so a branch `solutions` blocks `solutions/…`. */
function assertNamesAreFree(branches: readonly string[], steps: readonly Step[]): void {
  const wanted = steps.map((step) => step.branch);
  const other = branches.find((branch) =>
    wanted.some((one) => one.startsWith(`${branch}/`) || branch.startsWith(`${one}/`)),
  );
  if (other === undefined) return;
  const name = `my-${other.replaceAll('/', '-')}`;
  throw new GitError(
    `Your branch "${other}" blocks the name of a workshop branch. Rename it: git branch -m ${other} ${name}`,
  );
}
