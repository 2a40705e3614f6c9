import { isGenerated } from './commits.ts';
import { GitError, type Git } from './git.ts';
import type { Step } from './steps.ts';

/**
 * Publishes the branches. It overwrites only generated commits at the remote.
 *
 * @throws GitError when a branch of the remote has commits of a person; then none is published
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

  const stepOf = (ref: string) => steps.find(({ branch }) => ref === `refs/heads/${branch}`);
  const foreign = [...tips]
    .filter(([ref, tip]) => !isUntouched(git, tip, stepOf(ref)))
    .map(([ref]) => ref.replace('refs/heads/', ''));
  if (foreign.length > 0) {
    throw new GitError(
      `Nothing was published: at ${remote}, these branches have commits of a person: ${foreign.join(', ')}.`,
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

/** Whether all commits of a remote branch are generated. */
function isUntouched(git: Git, tip: string, step: Step | undefined): boolean {
  const [committer = '', subject = ''] = git.run(['show', '--no-patch', '--format=%cn <%ce> %ct%n%s', tip]).split('\n');
  return isGenerated(committer) && step !== undefined && subject.startsWith(`${step.name}: `);
}

/**
 * Refuses to publish from a main that lacks commits of the remote's: the branches there may be
 * newer.
 *
 * @throws GitError that says how to get them
 */
export function assertNewest(git: Git, remote: string, commit: string): void {
  const [theirs] = git.run(['ls-remote', remote, 'refs/heads/main']).split('\t');
  if (theirs === undefined || theirs === '' || theirs === commit) return;
  if (git.ask('cat-file', '-e', `${theirs}^{commit}`) === undefined) {
    git.run(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote, 'refs/heads/main']);
  }
  if (git.ask('merge-base', '--is-ancestor', theirs, commit) !== undefined) return;
  throw new GitError(
    `Nothing was published: main at ${remote} has commits that yours does not have. Get them first: git pull ${remote} main`,
  );
}
