import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { manifestPath, parseManifest } from '../manifest.ts';
import { guideOf, skeletonOf, slidesOf, type NewExercise } from '../skeleton.ts';
import { readFolder } from '../sources.ts';
import { CommandError, root } from './context.ts';

const slides = '.internal/slides';
const guide = '.internal/guide';

/**
 * For maintainers: makes all files of a new exercise. It is the last one, and can be solved at
 * once.
 */
export async function newExercise(slug: string, title: string, options: { minutes: number }): Promise<void> {
  const written = await writeExercise(root, slug, title, options.minutes);
  console.log(`Written:\n${written.map((path) => `  ${path}`).join('\n')}\n`);
  console.log('It can be solved as it is. Now write its content into these files. Add it to the timetable in');
  console.log(
    `${guide}/agenda.md, and say in the table of README.md what it teaches. .github/CONTRIBUTING.md has the steps.`,
  );
  console.log('\nThen: npm run branches -- --check');
}

/**
 * @param main the folder with main
 * @returns the paths of all files that are new or changed
 * @throws CommandError; then nothing was written
 */
export async function writeExercise(
  main: string,
  slug: string,
  title: string,
  minutes: number,
): Promise<readonly string[]> {
  readFolder(main);
  const exercise = addToManifest(main, slug, title, minutes);
  const { manifest, number } = exercise;
  const slidesPath = `${slides}/${nextSlides(main, number - 1)}-exercise-${number}.md`;
  const files = { ...skeletonOf(exercise), [slidesPath]: slidesOf(exercise) };
  const existing = Object.keys(files).find((path) => existsSync(join(main, path)));
  if (existing !== undefined) throw new CommandError(`${existing} exists already. Nothing was written.`);

  const moved = makeRoomForSlides(main, number - 1);
  const guidePath = `${guide}/exercises.md`;
  const changed = {
    [manifestPath]: manifest,
    [guidePath]: `${read(main, guidePath).trimEnd()}\n\n${guideOf(exercise)}`,
    'README.md': addRow(main, 'README.md', exercise, [String(minutes), 'what one learns']),
    'exercises/README.md': addRow(main, 'exercises/README.md', exercise, [String(minutes), `\`${exercise.branch}\``]),
  };
  const { format, resolveConfig } = await import('prettier');
  for (const [path, text] of Object.entries({ ...files, ...changed })) {
    const file = join(main, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
  }
  return [...new Set([...Object.keys(files), ...Object.keys(changed), ...moved])];
}

function addToManifest(main: string, slug: string, title: string, minutes: number): NewExercise & { manifest: string } {
  const page = JSON.parse(read(main, manifestPath)) as { exercises: object[] };
  const number = String(page.exercises.length + 1).padStart(2, '0');
  const given = [`tests/exercise-${number}-${slug}/*`];
  page.exercises.push({ slug, title, minutes, given, solved: [`src/application/${slug}.ts`] });
  const manifest = JSON.stringify(page);
  const exercise = parseManifest(manifest).exercises.at(-1);
  if (exercise === undefined) throw new Error('the manifest does not contain the new exercise');
  return { ...exercise, manifest };
}

/** The number of the slides after those of an exercise. */
function nextSlides(main: string, exercise: number): string {
  const own = readdirSync(join(main, slides)).find((name) => name.endsWith(`-exercise-${exercise}.md`));
  return String(Number(own?.slice(0, 2) ?? 0) + 1).padStart(2, '0');
}

/**
 * Renumbers the slides that come later, and the links to them.
 *
 * @returns the paths that changed
 */
function makeRoomForSlides(main: string, exercise: number): readonly string[] {
  const from = nextSlides(main, exercise);
  const later = readdirSync(join(main, slides)).filter(
    (name) => /^\d\d-.*\.md$/.test(name) && name.slice(0, 2) >= from,
  );
  const renamed = later.map((name) => {
    const next = `${String(Number(name.slice(0, 2)) + 1).padStart(2, '0')}${name.slice(2)}`;
    return [name, next] as const;
  });
  for (const [name, next] of renamed.toReversed()) renameSync(join(main, slides, name), join(main, slides, next));

  const pages = readdirSync(join(main, guide)).filter((name) => name.endsWith('.md'));
  const changed = pages.filter((page) => {
    const before = read(main, `${guide}/${page}`);
    const after = renamed.reduce((text, [name, next]) => text.replaceAll(`slides/${name}`, `slides/${next}`), before);
    if (after !== before) writeFileSync(join(main, guide, page), after);
    return after !== before;
  });
  return [...renamed.map(([, next]) => `${slides}/${next}`), ...changed.map((page) => `${guide}/${page}`)];
}

/** Adds a row to the table of exercises, after the last one. */
function addRow(main: string, path: string, exercise: NewExercise, cells: readonly string[]): string {
  const lines = read(main, path).split('\n');
  const last = lines.findLastIndex((line) => /^\| *\d+ *\| *\[.*\]\(.*exercise-\d+-.*\.md\)/.test(line));
  const page = path === 'README.md' ? exercise.page : exercise.page.replace('exercises/', '');
  const row = [exercise.number, `[${exercise.title}](${page})`, ...cells].join(' | ');
  return last < 0 ? lines.join('\n') : lines.toSpliced(last + 1, 0, `| ${row} |`).join('\n');
}

function read(main: string, path: string): string {
  return readFileSync(join(main, path), 'utf8');
}
