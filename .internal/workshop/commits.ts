import { randomBytes } from 'node:crypto';

import type { Git } from './git.ts';
import { workshopEmail } from './main-branch.ts';
import type { CommitSource } from './sources.ts';
import type { Step } from './steps.ts';

/**
 * Who makes the branches, and when: the same on every machine, so that the same main gives the same
 * commits.
 */
const author = {
  name: 'Event Sourcing From The Ground Up',
  email: workshopEmail,
  date: 1767225600,
};

/**
 * Makes the commits of all steps as objects of git, in one line from `01 start` on. No file is
 * read, no folder touched, and no branch moved.
 *
 * @returns the commit of each step, in their order
 */
export function makeCommits(git: Git, source: CommitSource, steps: readonly Step[]): readonly string[] {
  // A commit needs a name while it is made. The last command takes it away again: it is never to be
  // seen.
  const scratch = `refs/workshop/making-${randomBytes(6).toString('hex')}`;
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
  // Loose objects, not a new pack each time: most of them are there already, and are not written
  // again.
  const options = ['-c', 'fastimport.unpackLimit=1000000', 'fast-import', '--quiet', '--date-format=raw'];
  const end = `reset ${scratch}\nfrom ${'0'.repeat(source.commit.length)}\n`;
  return git
    .run(options, `${commands.join('\n')}\n${end}`)
    .trimEnd()
    .split('\n');
}

/** @param committer as in `Name <email> time` */
export function isGenerated(committer: string): boolean {
  return committer === `${author.name} <${author.email}> ${author.date}`;
}
