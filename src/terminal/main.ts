import { Command } from 'commander';

import { UnreadableEventError } from '../application/game-event-codec.ts';
import { EventStoreError } from '../event-store/event-store.ts';
import { describeStore, eventStoreUrl, InvalidSettingError } from '../event-store/open.ts';
import { startObserving } from '../observe.ts';
import { openStore } from '../open-store.ts';
import { StepOpenError } from '../todo.ts';
import { openConversation, UnreadableScriptError } from './console.ts';
import { reports } from './reports.ts';
import { Session, UnknownGameError, type SessionResult } from './session.ts';

const exitCode = { fine: 0, failed: 1, usage: 2 };

const program = new Command('npm run play --')
  .description('Connect Four for two people at one terminal. Every move is an event.')
  .argument('[game-id]', 'a game to continue; default: a new one')
  .option('--script <file>', 'read names and moves from a file, one per line; lines that begin with # are skipped')
  .addHelpText(
    'after',
    `
Examples:
  npm run play                              start a game
  npm run play -- k3m9x2                    continue game k3m9x2
  npm run play -- --script my-game.txt      replay a game from a file
  npm run play < my-game.txt                the same
${reports.map(({ name, description }) => `  npm run play -- ${name.padEnd(25)} ${description}\n`).join('')}
EVENT_STORE names the event store:
  memory:                                       in memory, gone when the program ends
  sqlite:FILE                                   in a file; default: .data/connect-four.db
  kurrentdb://127.0.0.1:2113?tls=false          a KurrentDB server
  postgresql://postgres@127.0.0.1:5432/postgres a PostgreSQL server`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .parse();

const [gameId] = program.args;
const { script } = program.opts<{ script?: string }>();
const url = eventStoreUrl();

const report = reports.find(({ name }) => name === gameId);

try {
  process.exitCode = await (report === undefined ? play() : report.print(url));
} catch (error) {
  process.exitCode = explain(error);
}

async function play(): Promise<number> {
  const store = await openStore(url);
  const stopObserving = await startObserving();
  const conversation = openConversation(script);
  try {
    const { colors, interactive, say } = conversation;
    say(
      `${colors.bold('Connect Four')}: the board is folded from its events. They are stored in ${describeStore(url)}`,
    );
    const result = await new Session(store, conversation).run(gameId);
    say(farewell(result));
    return interactive || result.refusals === 0 ? exitCode.fine : exitCode.failed;
  } finally {
    conversation.close();
    await store.close();
    await stopObserving();
  }
}

function farewell({ gameId, refusals }: SessionResult): string {
  const refused = refusals === 0 ? '' : ` ${refusals} ${refusals === 1 ? 'line was' : 'lines were'} refused.`;
  if (gameId === undefined) return `No game was started.${refused}`;
  if (url === 'memory:') return `Goodbye.${refused} Game ${gameId} was stored in memory and is gone.`;
  return `Goodbye.${refused} Continue this game with: npm run play -- ${gameId}`;
}

/** Explains an error to the player. Unexpected errors are thrown again. @returns the exit code */
function explain(error: unknown): number {
  if (error instanceof StepOpenError) {
    console.log(`\n${error.message}\nYou can continue this game after this step. "npm test" shows what to do.`);
    return exitCode.fine;
  }
  if (error instanceof InvalidSettingError) {
    console.error(error.message);
    return exitCode.usage;
  }
  if (error instanceof UnknownGameError) {
    console.error(`${error.message} Start one with: npm run play`);
    return exitCode.failed;
  }
  if (error instanceof UnreadableScriptError) {
    console.error(error.message);
    return exitCode.failed;
  }
  if (error instanceof EventStoreError || error instanceof UnreadableEventError) {
    console.error(`\n${error.message}\nEverything that was stored before is still there.`);
    return exitCode.failed;
  }
  throw error;
}
