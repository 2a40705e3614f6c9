import { matches, type Exercise, type Manifest } from './manifest.ts';

/**
 * Every file of main: its path, from the top and with slashes, and a fingerprint of its content.
 */
export type Files = ReadonlyMap<string, string>;

/** One stage of the workshop: an exercise as it starts, or its solution. */
export type Step = {
  /** `01 start`, `01 solution`, `02 start`, … */
  readonly name: string;
  readonly kind: 'start' | 'solution';
  readonly exercise: Exercise;
  /** The branch that ends with this step. */
  readonly branch: string;
  /** For every path of this step, the path of the main file with its content. */
  readonly tree: ReadonlyMap<string, string>;
};

/**
 * Makes every step from the files of main. This is the whole rule for a file of a step:
 *
 * 1. the file in the step's own folder, `exercises/exercise-NN-slug/` or
 *    `solutions/exercise-NN-slug/`;
 * 2. main's own file, if the manifest says that this step takes it from main;
 * 3. the file of the step before.
 */
export function composeSteps(manifest: Manifest, files: Files): readonly Step[] {
  const paths = [...files.keys()];
  const placeable = paths.filter((path) => !isOverlay(path) && !matches(path, manifest.never));
  let tree: ReadonlyMap<string, string> = new Map(
    placeable.filter((path) => matches(path, manifest.always)).map((path) => [path, path]),
  );

  return manifest.exercises.flatMap((exercise) =>
    (['start', 'solution'] as const).map((kind) => {
      const placed = placeable.filter((path) => matches(path, kind === 'start' ? exercise.given : exercise.solved));
      const folder = overlayFolder(exercise, kind);
      const overlaid = paths.filter((path) => path.startsWith(folder));
      tree = new Map([
        ...tree,
        ...placed.map((path) => [path, path] as const),
        ...overlaid.map((path) => [path.slice(folder.length), path] as const),
      ]);
      return {
        name: `${String(exercise.number).padStart(2, '0')} ${kind}`,
        kind,
        exercise,
        branch: kind === 'start' ? exercise.branch : exercise.solutionBranch,
        tree,
      };
    }),
  );
}

/** The folder with the files of one step, with a slash at its end. */
export function overlayFolder(exercise: Exercise, kind: Step['kind']): string {
  return `${kind === 'start' ? 'exercises' : 'solutions'}/${exercise.name}/`;
}

/** Whether a path is in the folder of a step. */
export function isOverlay(path: string): boolean {
  return /^(exercises|solutions)\/[^/]+\/./.test(path);
}
