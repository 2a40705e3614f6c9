import { Command, InvalidArgumentError } from 'commander';

import { board } from './commands/board.ts';
import { branches } from './commands/branches.ts';
import { settle } from './commands/context.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { isExpected } from './commands/errors.ts';
import { hint } from './commands/hint.ts';
import { list } from './commands/list.ts';
import { newExercise } from './commands/new-exercise.ts';
import { next } from './commands/next.ts';
import { overview } from './commands/overview.ts';
import { reset } from './commands/reset.ts';
import { solution } from './commands/solution.ts';
import { start } from './commands/start.ts';
import { unpack } from './commands/unpack.ts';
import { watch } from './commands/watch.ts';
import { zip } from './commands/zip.ts';

const exitCode = { failed: 1, usage: 2 };

const program = new Command('npm run workshop --')
  .description('Event Sourcing From The Ground Up. Without a command: where you are, and the next thing to do.')
  .argument('[command]', 'one of those below')
  .allowExcessArguments()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
  .hook('preAction', settle)
  .action(async (unknown?: string) => {
    if (unknown !== undefined)
      program.error(`error: there is no command "${unknown}". "npm run workshop -- --help" lists them all.`);
    await overview();
  });

command('start', 'switch to an exercise; unsaved work is committed first', 'start 2')
  .argument('<number>', 'the exercise', parseNumber)
  .action(start);
command('watch', 'run the tests on every save, and show the next open step', 'watch').action(watch);
command('hint', 'show the next hint of the step that is open', 'hint 2.3')
  .argument('[step]', 'another step')
  .action(hint);
command('solution', 'show what your files lack to be the solution', 'solution --all')
  .option('--all', 'the whole exercise, and not only the file of the open step')
  .option('--apply', 'take the solution over, after keeping your files')
  .action(solution);
command('reset', 'put the exercise back to its start, after keeping your work', 'reset src/domain/game.ts')
  .argument('[file]', 'only this file')
  .option('--yes', 'do not ask')
  .action(reset);
command('next', 'go on to the next exercise, when this one is solved', 'next')
  .option('--anyway', 'also when it is not')
  .action(next);
command('list', 'list all exercises with your progress', 'list --json').option('--json', 'for programs').action(list);
command('doctor', 'find out what could be in the way, and what to do about it', 'doctor').action(doctor);
command('unpack', 'write an exercise into a folder, without git', 'unpack 2 ../exercise-2')
  .argument('<number>', 'the exercise', parseNumber)
  .argument('<folder>', 'a folder that does not exist yet')
  .option('--solution', 'its solution instead')
  .action(unpack);
command('zip', 'pack all exercises into archives, for a stick', 'zip ../stick --with-packages')
  .argument('<folder>', 'where to')
  .option('--with-packages', 'and the packages, to be installed without a network')
  .action(zip);
command('board', 'show what the event storming of Connect Four comes to', 'board')
  .option('--svg <file>', 'write it as a picture, to be opened in a browser or printed')
  .action(board);
command('demo', 'for instructors: step through the solution of an exercise on a screen', 'demo 1')
  .argument('<number>', 'the exercise', parseNumber)
  .action(demo);
command('new-exercise', 'for maintainers: make what a new exercise needs', 'new-exercise snapshots "Taking snapshots"')
  .argument('<slug>', 'its name in paths and branches, as in play-the-game')
  .argument('<title>', 'its name for people')
  .option('--minutes <number>', 'how long it takes', parseNumber, 30)
  .action(newExercise);
command('branches', 'for maintainers: make the branches of all exercises from main', 'branches --check')
  .option(
    '--check [exercise]',
    'prove instead that every exercise, or this one, can be solved, and is not solved from the start',
  )
  .option('--published', 'make them from main at the remote, where your main has more')
  .option('--push <remote>', 'publish the branches to a remote')
  .action(branches);

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

function parseNumber(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('It is a number, as in "start 2".');
  return Number(text);
}
