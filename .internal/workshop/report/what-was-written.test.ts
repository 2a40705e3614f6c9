import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { updateBranches } from '../branches.ts';
import type { Git } from '../git.ts';
import { findPlace } from '../place.ts';
import { readCommit } from '../sources.ts';
import { commitAll, makeFolder, makeRepository } from '../test-repository.ts';
import { whatWasWritten } from './what-was-written.ts';

const branch = '01-exercise-start-game';
const game = 'src/domain/game.ts';

test('lines are counted from the start of the exercise, committed or not', { timeout: 300_000 }, async () => {
  const git = makeRepository();
  updateBranches(git, readCommit(git));
  git.run(['checkout', '--quiet', branch]);
  expect(await written(git)).toBeUndefined();

  writeFileSync(join(git.folder, game), git.run(['show', `solutions/${branch}:${game}`]));
  const sentence = await written(git);
  expect(sentence).toMatch(/^You have written: .*evolve.* — \d+ lines in 1 file\.$/);
  commitAll(git, 'mine');
  expect(await written(git)).toBe(sentence);
});

test('without git, there is no summary', async () => {
  const git = makeRepository();
  const place = findPlace(git.folder);
  const [exercise] = place.manifest.exercises;
  if (exercise === undefined) throw new Error('there are no exercises');
  expect(await whatWasWritten({ ...place, root: makeFolder() }, exercise)).toBeUndefined();
});

function written({ folder }: Git): Promise<string | undefined> {
  const place = findPlace(folder);
  if (place.exercise === undefined) throw new Error('this is main');
  return whatWasWritten(place, place.exercise);
}
