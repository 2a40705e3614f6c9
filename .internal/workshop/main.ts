import { join } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { isExpected } from './commands/errors.ts';
import { hasJournal } from './journal.ts';

const exitCode = { failed: 1, usage: 2 };

const program: Command = new Command('npm run workshop --')
  .description('Event Sourcing From The Ground Up. Without a command, it shows where you are and what to do next.')
  .argument('[command]', 'one of the commands below')
  .usage('[command] [options]')
  .allowExcessArguments()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
  .hook('preAction', async () => {
    const folder = join(import.meta.dirname, '..', '..');
    if (hasJournal(folder)) (await import('./commands/context.ts')).settle();
  })
  .action(async (unknown?: string) => {
    if (unknown !== undefined)
      program.error(`error: unknown command "${unknown}". "npm run workshop -- --help" lists all commands.`);
    const { overview } = await import('./commands/overview.ts');
    await overview();
  });

command('start', 'switch to an exercise; uncommitted work is committed first', 'start 2')
  .argument('[number]', 'the exercise', parseNumber)
  .action(async (number?: number) => {
    if (number === undefined) program.error(await whichExercise());
    await lazily(async () => (await import('./commands/start.ts')).start)(number);
  });
command('watch', 'run the tests on every save, and show the next open step', 'watch').action(
  lazily(async () => (await import('./commands/watch.ts')).watch),
);
command('hint', 'show the next hint of the open step', 'hint 2.3')
  .argument('[step]', 'another step')
  .action(lazily(async () => (await import('./commands/hint.ts')).hint));
command('solution', 'compare your files with the solution', 'solution --all')
  .option('--all', 'the whole exercise, not only the open step')
  .option('--apply', 'apply the solution; your files are kept on a branch')
  .action(lazily(async () => (await import('./commands/solution.ts')).solution));
command('reset', 'reset the exercise to its start; your work is kept on a branch', 'reset src/domain/game.ts')
  .argument('[file]', 'only this file')
  .option('--yes', 'do not ask')
  .action(lazily(async () => (await import('./commands/reset.ts')).reset));
command('next', 'go on to the next exercise if this one is solved', 'next')
  .option('--anyway', 'even if it is not solved')
  .option('--mine', 'keep your own files, where the next exercise does not change them')
  .option('--no-mine', 'continue from the solution in every file')
  .action(lazily(async () => (await import('./commands/next.ts')).next));
command('list', 'list all exercises with your progress', 'list --json')
  .option('--json', 'for programs')
  .action(lazily(async () => (await import('./commands/list.ts')).list));
command('doctor', 'check this machine and folder for problems', 'doctor').action(
  lazily(async () => (await import('./commands/doctor.ts')).doctor),
);
command('unpack', 'write an exercise into a folder, without git', 'unpack 2 ../exercise-2')
  .argument('<number>', 'the exercise', parseNumber)
  .argument('<folder>', 'a folder that is empty or does not exist')
  .option('--solution', 'the solution instead of the start')
  .action(lazily(async () => (await import('./commands/unpack.ts')).unpack));
command('zip', 'pack all exercises into archives, for a USB stick', 'zip ../stick --with-packages')
  .argument('<folder>', 'the folder for the archives')
  .option('--with-packages', 'include the packages, for installing without a network')
  .action(lazily(async () => (await import('./commands/zip.ts')).zip));
command('board', 'show the finished event storming of Connect Four', 'board')
  .option('--svg <file>', 'write it as a picture for a browser or for printing')
  .action(lazily(async () => (await import('./commands/board.ts')).board));
command('demo', 'for instructors: step through the solution of an exercise', 'demo 1')
  .argument('<number>', 'the exercise', parseNumber)
  .action(lazily(async () => (await import('./commands/demo.ts')).demo));
command(
  'new-exercise',
  'for maintainers: make the files of a new exercise',
  'new-exercise snapshots "Taking snapshots"',
)
  .argument('<slug>', 'its name in paths and branches, for example play-the-game')
  .argument('<title>', 'its title')
  .option('--minutes <number>', 'the time it takes', parseNumber, 30)
  .action(lazily(async () => (await import('./commands/new-exercise.ts')).newExercise));
command('branches', 'for maintainers: make the branches of all exercises from main', 'branches --check')
  .option(
    '--check [exercise]',
    'prove instead that every exercise (or only this one) can be solved, and is unsolved at its start',
  )
  .option('--published', 'make them from main at the remote, if your main is ahead')
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
    .allowExcessArguments(false)
    .description(description)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
    .addHelpText('after', `\nExample:\n  npm run workshop -- ${example}`);
}

/** Loads a command only when it is called, so that a hint does not load the test runner. */
function lazily<Given extends unknown[]>(load: () => Promise<(...given: Given) => void | Promise<void>>) {
  return async (...given: Given) => {
    const run = await load();
    await run(...given);
  };
}

/** The message when the number of the exercise is missing. */
async function whichExercise(): Promise<string> {
  const { exerciseLines } = await import('./commands/list.ts');
  return [
    'error: missing required argument \'number\', for example "start 2". The exercises:',
    ...exerciseLines(),
  ].join('\n');
}

function parseNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('It must be a number, for example "start 2".');
  return Number(text);
}
