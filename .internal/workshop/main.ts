import { join } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { isExpected } from './commands/errors.ts';
import { hasJournal } from './journal.ts';

const exitCode = { failed: 1, usage: 2 };

const program: Command = new Command('npm run workshop --')
  .description('Event Sourcing From The Ground Up. Without a command: where you are, and the next thing to do.')
  .argument('[command]', 'one of those below')
  .usage('[command] [options]')
  .allowExcessArguments()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
  .hook('preAction', async () => {
    const folder = join(import.meta.dirname, '..', '..');
    if (hasJournal(folder)) (await import('./commands/context.ts')).settle();
  })
  .action(async (unknown?: string) => {
    if (unknown !== undefined)
      program.error(`error: there is no command "${unknown}". "npm run workshop -- --help" lists them all.`);
    const { overview } = await import('./commands/overview.ts');
    await overview();
  });

command('start', 'switch to an exercise; unsaved work is committed first', 'start 2')
  .argument('[number]', 'the exercise', parseNumber)
  .action(async (number?: number) => {
    if (number === undefined) program.error(await whichExercise());
    await lazily(async () => (await import('./commands/start.ts')).start)(number);
  });
command('watch', 'run the tests on every save, and show the next open step', 'watch').action(
  lazily(async () => (await import('./commands/watch.ts')).watch),
);
command('hint', 'show the next hint of the step that is open', 'hint 2.3')
  .argument('[step]', 'another step')
  .action(lazily(async () => (await import('./commands/hint.ts')).hint));
command('solution', 'show what your files lack to be the solution', 'solution --all')
  .option('--all', 'the whole exercise, and not only the open step')
  .option('--apply', 'take the solution over, after keeping your files')
  .action(lazily(async () => (await import('./commands/solution.ts')).solution));
command('reset', 'put the exercise back to its start, after keeping your work', 'reset src/domain/game.ts')
  .argument('[file]', 'only this file')
  .option('--yes', 'do not ask')
  .action(lazily(async () => (await import('./commands/reset.ts')).reset));
command('next', 'go on to the next exercise, when this one is solved', 'next')
  .option('--anyway', 'also when it is not')
  .option('--mine', 'take your own files along, where the next exercise leaves them alone')
  .option('--no-mine', 'go on from the solution in every file')
  .action(lazily(async () => (await import('./commands/next.ts')).next));
command('list', 'list all exercises with your progress', 'list --json')
  .option('--json', 'for programs')
  .action(lazily(async () => (await import('./commands/list.ts')).list));
command('doctor', 'find out what could be in the way, and what to do about it', 'doctor').action(
  lazily(async () => (await import('./commands/doctor.ts')).doctor),
);
command('unpack', 'write an exercise into a folder, without git', 'unpack 2 ../exercise-2')
  .argument('<number>', 'the exercise', parseNumber)
  .argument('<folder>', 'a folder that does not exist yet')
  .option('--solution', 'its solution instead')
  .action(lazily(async () => (await import('./commands/unpack.ts')).unpack));
command('zip', 'pack all exercises into archives, for a stick', 'zip ../stick --with-packages')
  .argument('<folder>', 'where to')
  .option('--with-packages', 'and the packages, to be installed without a network')
  .action(lazily(async () => (await import('./commands/zip.ts')).zip));
command('board', 'show what the event storming of Connect Four comes to', 'board')
  .option('--svg <file>', 'write it as a picture, to be opened in a browser or printed')
  .action(lazily(async () => (await import('./commands/board.ts')).board));
command('demo', 'for instructors: step through the solution of an exercise on a screen', 'demo 1')
  .argument('<number>', 'the exercise', parseNumber)
  .action(lazily(async () => (await import('./commands/demo.ts')).demo));
command('new-exercise', 'for maintainers: make what a new exercise needs', 'new-exercise snapshots "Taking snapshots"')
  .argument('<slug>', 'its name in paths and branches, as in play-the-game')
  .argument('<title>', 'its name for people')
  .option('--minutes <number>', 'how long it takes', parseNumber, 30)
  .action(lazily(async () => (await import('./commands/new-exercise.ts')).newExercise));
command('branches', 'for maintainers: make the branches of all exercises from main', 'branches --check')
  .option(
    '--check [exercise]',
    'prove instead that every exercise, or this one, can be solved, and is not solved from the start',
  )
  .option('--published', 'make them from main at the remote, where your main has more')
  .option('--push <remote>', 'publish the branches to a remote')
  .action(lazily(async () => (await import('./commands/branches.ts')).branches));

try {
  await program.parseAsync();
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(error.message);
  process.exitCode = exitCode.failed;
}

function command(name: string, description: string, example: string): Command {
  return program
    .command(name)
    .description(description)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
    .addHelpText('after', `\nExample:\n  npm run workshop -- ${example}`);
}

/**
 * Loads a command when it is called, and not before: a hint does not wait for what only the tests
 * need.
 */
function lazily<Given extends unknown[]>(load: () => Promise<(...given: Given) => void | Promise<void>>) {
  return async (...given: Given) => {
    const run = await load();
    await run(...given);
  };
}

/** What to say to somebody who has not said which exercise. */
async function whichExercise(): Promise<string> {
  const { exerciseLines } = await import('./commands/list.ts');
  return ['error: missing required argument \'number\', as in "start 2". The exercises are:', ...exerciseLines()].join(
    '\n',
  );
}

function parseNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('It is a number, as in "start 2".');
  return Number(text);
}
