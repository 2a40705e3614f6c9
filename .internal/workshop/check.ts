import { isOverlay, composeSteps, overlayFolder, type Files, type Step } from './steps.ts';
import { matches, type Manifest } from './manifest.ts';

/**
 * All problems of the manifest, the folders of the steps and the pages, as sentences that begin
 * with the path. An empty list means that every file and every pattern has an effect.
 */
export function findProblems(manifest: Manifest, files: Files): readonly string[] {
  const steps = composeSteps(manifest, files);
  return [
    ...unplacedFiles(manifest, files),
    ...patternsWithoutEffect(manifest, files, steps),
    ...overlaysWithoutEffect(files, steps),
    ...strayFolders(manifest, files),
    ...missingPages(manifest, files),
    ...unfinishedFiles(manifest, files, steps),
  ];
}

function unplacedFiles({ always, never, exercises }: Manifest, files: Files): readonly string[] {
  const patterns = [...always, ...never, ...exercises.flatMap(({ given, solved }) => [...given, ...solved])];
  return [...files.keys()]
    .filter((path) => !isOverlay(path) && !matches(path, patterns))
    .map((path) => `${path}: no pattern assigns it to a branch`);
}

function patternsWithoutEffect(manifest: Manifest, files: Files, steps: readonly Step[]): readonly string[] {
  const paths = [...files.keys()];
  const unmatched = [...manifest.always, ...manifest.never]
    .filter((pattern) => !paths.some((path) => matches(path, [pattern])))
    .map((pattern) => `${pattern}: this pattern matches no file`);

  const idle = steps.flatMap((step, index) => {
    const before = steps[index - 1]?.tree ?? alwaysTree(manifest, files);
    const patterns = step.kind === 'start' ? step.exercise.given : step.exercise.solved;
    return patterns.flatMap((pattern) => {
      const placed = paths.filter((path) => !isOverlay(path) && matches(path, [pattern]));
      if (placed.length === 0) return [`${pattern}: this pattern of ${step.name} matches no file`];
      return placed
        .filter((path) => !matches(path, manifest.never) && contentAt(files, before, path) === files.get(path))
        .map(
          (path) =>
            `${path}: the pattern "${pattern}" of ${step.name} changes nothing: the step before has the same file`,
        );
    });
  });
  return [...unmatched, ...idle];
}

function overlaysWithoutEffect(files: Files, steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step, index) => {
    const folder = overlayFolder(step.exercise, step.kind);
    return [...files.keys()]
      .filter((path) => path.startsWith(folder))
      .flatMap((path) => {
        const target = path.slice(folder.length);
        const before = steps[index - 1];
        if (before !== undefined && contentAt(files, before.tree, target) === files.get(path)) {
          return [`${path}: it changes nothing: ${before.name} has the same file`];
        }
        if (files.get(target) === files.get(path))
          return [`${path}: it equals ${target} of main; name that in the manifest`];
        return [];
      });
  });
}

function strayFolders({ exercises }: Manifest, files: Files): readonly string[] {
  const found = [...files.keys()].map((path) => /^(?:exercises|solutions)\/(exercise-[^/.]+)/.exec(path)?.[1]);
  const unknown = found.filter((name) => name !== undefined && !exercises.some((exercise) => exercise.name === name));
  return [...new Set(unknown)].map((name) => `${String(name)}: the manifest has no exercise with this number and name`);
}

function missingPages({ exercises }: Manifest, files: Files): readonly string[] {
  return exercises.filter(({ page }) => !files.has(page)).map(({ page }) => `${page}: the exercise has no page`);
}

/** After the last solution, `src` and `tests` are those of main, except what no branch gets. */
function unfinishedFiles({ never }: Manifest, files: Files, steps: readonly Step[]): readonly string[] {
  const last = steps.at(-1);
  if (last === undefined) return [];
  const isFinal = (path: string) => /^(src|tests)\//.test(path) && !matches(path, never);
  const wanted = [...files.keys()].filter(isFinal);
  const made = [...last.tree.keys()].filter(isFinal);
  return [
    ...wanted
      .filter((path) => contentAt(files, last.tree, path) !== files.get(path))
      .map((path) => `${path}: after ${last.name}, it differs from main`),
    ...made.filter((path) => !files.has(path)).map((path) => `${path}: ${last.name} has it, and main does not`),
  ];
}

function alwaysTree({ always, never }: Manifest, files: Files): Step['tree'] {
  const paths = [...files.keys()].filter((path) => !isOverlay(path) && matches(path, always) && !matches(path, never));
  return new Map(paths.map((path) => [path, path]));
}

function contentAt(files: Files, tree: Step['tree'], path: string): string | undefined {
  const source = tree.get(path);
  return source === undefined ? undefined : files.get(source);
}
