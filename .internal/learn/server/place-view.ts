import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Git } from '../../workshop/git.ts';
import type { Exercise } from '../../workshop/manifest.ts';
import { readSteps } from '../../workshop/pages.ts';
import { findPlace } from '../../workshop/place.ts';
import { currentSource, readProgress, stateOf } from '../../workshop/progress.ts';
import type { FileView, PlaceView } from '../messages.ts';
import { sectionsOf } from './markdown.ts';
import { exerciseFiles } from './solution.ts';

/** Where the learner is. It reads the folder anew. */
export function readPlace(root: string): PlaceView {
  const place = findPlace(root);
  const progress = readProgress(root);
  const source = currentSource(place);
  const { exercise, branch, manifest } = place;
  return {
    id: `${branch ?? ''} ${exercise?.number ?? 'main'}`,
    ...(branch !== undefined && { branch }),
    ...(exercise !== undefined && { exercise: shown(exercise) }),
    isSolution: exercise !== undefined && branch === exercise.solutionBranch,
    hasGit: new Git(root).ask('rev-parse', '--git-dir') !== undefined,
    exercises: manifest.exercises.map((one) => ({ ...shown(one), state: stateOf(one, place, progress, source) })),
    files: exercise === undefined ? [] : filesOf(root, exercise),
    sections: exercise === undefined ? [] : sectionsOf(readFileSync(join(root, exercise.page), 'utf8')),
    hints: progress.hints,
  };
}

function shown({ number, title, minutes }: Exercise) {
  return { number, title, minutes };
}

/** The files that the exercise asks for, in the order of its steps, and given files on its page. */
function filesOf(root: string, exercise: Exercise): readonly FileView[] {
  const named = readSteps(root, exercise.page).flatMap(({ files }) => files);
  const asked = exerciseFiles(root, exercise) ?? named.filter((path) => hasHole(root, path));
  const order = (path: string) => (named.includes(path) ? named.indexOf(path) : named.length);
  const writable = asked.filter((path) => existsSync(join(root, path))).toSorted((a, b) => order(a) - order(b));
  const given = [...new Set(named)].filter((path) => !writable.includes(path) && existsSync(join(root, path)));
  return [
    ...writable.map((path) => ({ path, isWritable: true })),
    ...given.map((path) => ({ path, isWritable: false })),
  ];
}

function hasHole(root: string, path: string): boolean {
  try {
    return readFileSync(join(root, path), 'utf8').includes('todo(');
  } catch {
    return false;
  }
}
