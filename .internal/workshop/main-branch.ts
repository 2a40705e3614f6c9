import type { Git } from './git.ts';
import { manifestPath } from './manifest.ts';

/** The commit that all branches are made from. */
type Main = { readonly commit: string; readonly notice: string | undefined };

type Candidate = { readonly ref: string; readonly commit: string };

/** The author of generated commits: no other person has this address. */
export const workshopEmail = 'workshop@event-sourcing.invalid';

/** The git setting for making the branches from the local main. */
const setting = 'workshop.main';

/**
 * Whether files are those of main: the manifest and the folders of the exercises. A folder
 * `solutions` alone proves nothing, because learners have one, too.
 */
export function isMainTree(paths: readonly string[]): boolean {
  return paths.includes(manifestPath) && paths.some((path) => /^exercises\/exercise-\d+-[^/]+\/./.test(path));
}

/** Whether a commit descends from an exercise. A learner may have copied the folders of main. */
export function comesFromExercise(git: Git, commit: string): boolean {
  const found = git.ask('rev-list', '--max-count=1', '--fixed-strings', `--committer=<${workshopEmail}>`, commit);
  return found !== undefined && found !== '';
}

/** Stores which main the branches are made from, if the local main is ahead of the remote's. */
export function rememberMain(git: Git, mine: boolean): void {
  if (mine) git.run(['config', setting, 'mine']);
  else git.attempt('config', '--unset', setting);
}

/** @param mine use the local main, whatever the remote has */
export function chooseMain(git: Git, mine: boolean): Main | undefined {
  const candidates = findCandidates(git);
  const own = candidates.find((one) => isMain(git, one));
  if (own === undefined) return undefined;
  // HEAD of a remote is a second name for its main.
  const published =
    candidates.find(({ ref }) => isPublished(ref) && !ref.endsWith('/HEAD')) ??
    candidates.find(({ ref }) => isPublished(ref));
  if (published === undefined || isPublished(own.ref) || !isMain(git, published)) return { ...own, notice: undefined };

  const more = git
    .run(['log', '--format=%s', `${published.commit}..${own.commit}`])
    .split('\n')
    .slice(0, -1);
  if (more.length === 0) return { ...own, notice: undefined };
  const name = published.ref.replace('refs/remotes/', '');
  const branch = own.ref === 'HEAD' ? git.ask('symbolic-ref', '--quiet', '--short', 'HEAD') : own.ref;
  const which = branch === undefined ? 'What is checked out' : `Your ${branch.replace('refs/heads/', '')}`;
  const count = `${more.length} ${more.length === 1 ? 'commit' : 'commits'}`;
  const fact = `${which} has ${count} that ${name} does not have (the last is "${more[0] ?? ''}").`;
  if (mine || git.ask('config', setting) === 'mine') {
    return {
      ...own,
      notice: `${fact} The branches contain it. To make them from ${name}: npm run branches -- --published`,
    };
  }
  return {
    ...published,
    notice:
      `${fact} The exercise branches do not contain it.\n` +
      '  To add it there:      npm run branches\n' +
      `  To move it elsewhere: git checkout main, git branch my-work, and git reset --keep ${name}`,
  };
}

/**
 * The refs that may be main, the likeliest first. All of them have the manifest and the folders of
 * main.
 */
function findCandidates(git: Git): readonly Candidate[] {
  const refs = git.ask('for-each-ref', '--sort=-committerdate', '--format=%(refname)', 'refs/heads', 'refs/remotes');
  const all = (refs ?? '').split('\n').filter((ref) => ref !== '');
  const isCalledMain = (ref: string) => isPublished(ref) || /^refs\/heads\/(main|master)$/.test(ref);
  const names = ['HEAD', ...all.filter(isCalledMain).toSorted(), ...all.filter((ref) => !isCalledMain(ref))];
  const questions = names.flatMap((ref) => [`${ref}^{commit}`, `${ref}:exercises`, `${ref}:${manifestPath}`]);
  const answers = git
    .run(['cat-file', '--batch-check'], `${questions.join('\n')}\n`)
    .trimEnd()
    .split('\n');
  return names.flatMap((ref, index) => {
    const found = answers.slice(index * 3, index * 3 + 3);
    const commit = found[0]?.split(' ')[0] ?? '';
    return found.some((answer) => answer.endsWith(' missing')) ? [] : [{ ref, commit }];
  });
}

function isPublished(ref: string): boolean {
  return /^refs\/remotes\/[^/]+\/(main|master|HEAD)$/.test(ref);
}

function isMain(git: Git, { commit }: Candidate): boolean {
  const folders = git.run(['ls-tree', '-d', '--name-only', `${commit}:exercises`]).split('\n');
  return folders.some((name) => /^exercise-\d+-/.test(name)) && !comesFromExercise(git, commit);
}
