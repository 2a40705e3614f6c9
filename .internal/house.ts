import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { root } from './workshop/commands/context.ts';
import { readFolder } from './workshop/sources.ts';
import { matches } from './workshop/manifest.ts';
import { composeSteps } from './workshop/steps.ts';

// npm run house: counts the files and lines of src, and fails above one of the limits.

/**
 * The files that a move in the browser passes through, in this order, and back by the subscription.
 */
const move: readonly string[] = [
  'src/web/client/board-view.tsx',
  'src/web/client/main.tsx',
  'src/web/client/players.tsx',
  'src/web/client/server-api.ts',
  'src/web/client/timeline.ts',
  'src/web/server/server.ts',
  'src/web/server/routes.ts',
  'src/web/server/requests.ts',
  'src/web/messages.ts',
  'src/web/server/games.ts',
  'src/application/game-commands.ts',
  'src/application/game-event-codec.ts',
  'src/domain/index.ts',
  'src/domain/game.ts',
  'src/domain/board.ts',
  'src/domain/events.ts',
  'src/event-store/in-memory.ts',
  'src/event-store/append-rules.ts',
  'src/event-store/subscription.ts',
  'src/web/server/game-list.ts',
  'src/web/server/sse.ts',
  'src/web/client/live.ts',
  'src/web/client/event-list.tsx',
  'src/web/client/time-travel.tsx',
];

const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => `src/${path.replaceAll('\\', '/')}`);
const { manifest, files: all } = readFolder(root);
const steps = composeSteps(manifest, all);
const sourcesOf = (name: string) => {
  const tree = steps.find((step) => step.name === name)?.tree ?? new Map<string, string>();
  return [...tree].filter(([path]) => /^src\/.*\.tsx?$/.test(path)).map(([, from]) => from);
};
const firstFour = sourcesOf('04 solution');
/** The files of an exercise that a learner writes. Later ones have a folder of their own. */
const writtenIn = (number: number) => {
  const { solved = [] } = manifest.exercises.find((exercise) => exercise.number === number) ?? {};
  return files.filter((path) => matches(path, solved));
};
const core = files.filter((path) =>
  /^src\/(domain|application)\/|event-store\/(event-store|in-memory)\.ts$/.test(path),
);
const names = files.map((path) => basename(path)).filter((name) => name !== 'main.ts' && name !== 'index.ts');
const twice = names.filter((name, index) => names.indexOf(name) !== index);

const counts = [
  ['files in src after exercise 4', firstFour.length, 55],
  ['lines in src after exercise 4', linesOf(firstFour), 3700],
  ['lines in the core: domain, application, the contract, the store in memory', linesOf(core), 850],
  ['files in src on the first branch', sourcesOf('01 start').length, 12],
  ['file names that occur twice', twice.length, 0],
  ...manifest.exercises.slice(4).map(({ number, title }) => {
    return [
      `lines that a learner has to read in exercise ${number}, ${title}`,
      linesOf(writtenIn(number)),
      300,
    ] as const;
  }),
  ['files that a move in the browser passes through', move.length, 24],
] as const;

for (const [what, count, limit] of counts) {
  console.log(`${count > limit ? 'TOO MANY' : '      ok'}  ${String(count).padStart(5)} of ${limit}  ${what}`);
}
for (const folder of new Set(files.map((path) => path.split('/').slice(0, -1).join('/')))) {
  const inFolder = files.filter((path) => path.split('/').slice(0, -1).join('/') === folder);
  console.log(`          ${String(linesOf(inFolder)).padStart(5)} lines in ${inFolder.length} files of ${folder}`);
}
if (twice.length > 0) console.log(`Twice: ${twice.join(', ')}`);
if (counts.some(([, count, limit]) => count > limit)) process.exitCode = 1;

function linesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + readFileSync(join(root, path), 'utf8').split('\n').length - 1, 0);
}
