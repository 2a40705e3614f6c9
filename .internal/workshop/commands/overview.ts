import { updateBranches, type BranchOutcome } from '../branches.ts';
import { openRepository } from '../git.ts';
import { inspectMachine } from '../machine.ts';
import { drawOverview } from '../overview.ts';
import { findPlace } from '../place.ts';
import { currentSource, readProgress } from '../progress.ts';
import { readCommit } from '../sources.ts';
import { colors, root } from './context.ts';
import { isExpected } from './errors.ts';

/** The first screen. It makes the missing branches. */
export async function overview(): Promise<void> {
  const machine = await inspectMachine(root);
  const place = findPlace(root);
  const [progress, source] = [readProgress(root), currentSource(place)];
  console.log(drawOverview({ place, progress, source, machine, branches: tryToUpdate() }, colors));
}

/** The state of the branches, or why there are none. The first screen appears in either case. */
function tryToUpdate(): readonly BranchOutcome[] | string {
  try {
    const git = openRepository(root);
    const source = readCommit(git);
    if (source.notice !== undefined) console.log(`${source.notice}\n`);
    return updateBranches(git, source);
  } catch (error) {
    if (isExpected(error)) return error.message;
    throw error;
  }
}
