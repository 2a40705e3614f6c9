import { Command } from 'commander';

import { UnreadableEventError } from '../application/game-event-codec.ts';
import { EventStoreError } from '../event-store/event-store.ts';
import { eventStoreUrl, InvalidSettingError } from '../event-store/open.ts';
import { openStore } from '../open-store.ts';
import { StepOpenError } from '../todo.ts';
import { TournamentError } from '../tournament/tournament-error.ts';
import { award, list, show, start, UnusableAnswerError } from './tournament-actions.ts';
import { runProcess } from './tournament-run.ts';

const exitCode = { fine: 0, failed: 1, usage: 2 };
const url = eventStoreUrl();

const program = new Command('npm run tournament --')
  .description('Tournaments of Connect Four for 4 or 8 players, which play themselves on as games end.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .addHelpText(
    'after',
    `
Examples:
  npm run tournament -- start Alice Bob Carol Dave   start a tournament
  npm run tournament -- run                          play all tournaments on, until Ctrl-C
  npm run play -- ID-match-1                         play a game of the tournament ID
  npm run tournament -- show ID                      draw its bracket

EVENT_STORE names the event store, as for npm run play.`,
  );

program
  .command('start')
  .description('start a tournament of 4 or 8 players')
  .argument('<names...>', 'the players; neighbors meet in the first round')
  .option('--id <id>', 'the id of the tournament; default: a random one')
  .action((names: string[], { id }: { id?: string }) => withStore((store) => start(store, names, id)));
program
  .command('list')
  .description('list all tournaments')
  .action(() => withStore(list));
program
  .command('show')
  .description('draw the bracket of a tournament')
  .argument('<id>', 'the id of the tournament')
  .action((id: string) => withStore((store) => show(store, id)));
program
  .command('award')
  .description('decide a match that cannot go on by itself')
  .argument('<id>', 'the id of the tournament')
  .argument('<match>', 'the number of the match')
  .argument('<name>', 'the player who wins it')
  .action((id: string, match: string, name: string) => withStore((store) => award(store, id, match, name)));
program
  .command('run')
  .description('run the process that plays all tournaments on, until Ctrl-C')
  .action(() => withStore((store) => runProcess(store, url)));

// A program that reads our output may end before we do, as `head` does.
process.stdout.on('error', () => process.exit(exitCode.fine));
await program.parseAsync();

/** Opens the store for a command. A mistake of the user gets a sentence and an exit code. */
async function withStore(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<void>): Promise<void> {
  try {
    const store = await openStore(url);
    try {
      await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    process.exitCode = explain(error);
  }
}

/** Explains an error. Unexpected errors are thrown again. @returns the exit code */
function explain(error: unknown): number {
  if (error instanceof StepOpenError) {
    console.log(`${error.message}\nThe tournament goes on after this step. "npm test" shows what to do.`);
    return exitCode.fine;
  }
  if (error instanceof InvalidSettingError) {
    console.error(error.message);
    return exitCode.usage;
  }
  if (error instanceof UnusableAnswerError || error instanceof TournamentError) {
    console.error(error.message);
    return exitCode.failed;
  }
  if (error instanceof EventStoreError || error instanceof UnreadableEventError) {
    console.error(`${error.message}\nEverything that was stored before is still there.`);
    return exitCode.failed;
  }
  throw error;
}
