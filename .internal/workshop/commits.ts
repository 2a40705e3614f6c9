import { randomBytes } from 'node:crypto';

import type { Git } from './git.ts';
import { workshopEmail } from './main-branch.ts';
import type { CommitSource } from './sources.ts';
import type { Step } from './steps.ts';

/** The author of the branches and a fixed time, so that the same main gives the same commits. */
const author = {
  name: 'Event Sourcing From The Ground Up',
  email: workshopEmail,
  date: 1767225600,
};

/**
 * Makes the commits of all steps as git objects, in one line of history from `01 start` on. It
 * reads no working files and moves no branches.
 *
 * @returns the commit of each step, in their order
 */
export function makeCommits(git: Git, source: CommitSource, steps: readonly Step[]): readonly string[] {
  // The commits need a ref while they are made. The last command deletes it.
  const scratch = `refs/workshop/making-${randomBytes(6).toString('hex')}`;
  const person = `${author.name} <${author.email}> ${author.date} +0000`;
  const commands = steps.map((step, index) => {
    const message = `${step.name}: ${step.exercise.title}\n\nWorkshop-Step: ${step.name}\n`;
    // Each commit begins with the files of the one before it, and a step removes none of them.
    const before = steps[index - 1]?.tree;
    const changed = [...step.tree].filter(([path, from]) => before?.get(path) !== from);
    const files = changed.map(([path, from]) => {
      return `M ${source.modes.get(from) ?? ''} ${source.files.get(from) ?? ''} ${JSON.stringify(path)}`;
    });
    return [
      `commit ${scratch}`,
      `mark :${index + 1}`,
      `author ${person}`,
      `committer ${person}`,
      `data ${Buffer.byteLength(message)}`,
      message,
      ...files,
      `get-mark :${index + 1}`,
    ].join('\n');
  });
  // Loose objects instead of a new pack: most of them exist already and are not written again.
  const options = ['-c', 'fastimport.unpackLimit=1000000', 'fast-import', '--quiet', '--date-format=raw'];
  const end = `reset ${scratch}\nfrom ${'0'.repeat(source.commit.length)}\n`;
  return git
    .run(options, `${commands.join('\n')}\n${end}`)
    .trimEnd()
    .split('\n');
}

/** @param committer for example `Name <email> time` */
export function isGenerated(committer: string): boolean {
  return committer === `${author.name} <${author.email}> ${author.date}`;
}
