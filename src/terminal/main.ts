import { Command } from 'commander';

import { UnreadableEventError } from '../application/game-event-codec.ts';
import { eventStoreUrl, placeOf } from '../event-store/default.ts';
import { EventStoreUnavailableError, StorageError } from '../event-store/event-store.ts';
import { InvalidEventStoreUrlError, openEventStore } from '../event-store/open.ts';
import { StepOpenError } from '../todo.ts';
import { openConversation, UnreadableScriptError } from './conversation.ts';
import { offerLastGame, rememberGame } from './last-game.ts';
import { Session, UnknownGameError, type SessionResult } from './session.ts';

const exitCode = { fine: 0, failed: 1, usage: 2 };

const program = new Command('npm run play --')
  .description('Connect Four for two people at one terminal. Every move is an event.')
  .argument('[game-id]', 'a game to come back to; without it, a new one is started')
  .option('--script <file>', 'take names and moves from a file, one a line; lines that begin with # are skipped')
  .addHelpText(
    'after',
    `
Examples:
  npm run play                              start a game
  npm run play -- k3m9x2                    come back to game k3m9x2
  npm run play -- --script my-game.txt      replay a game from a file
  npm run play < my-game.txt                the same

EVENT_STORE says where the events are kept: "sqlite:FILE", "kurrentdb://127.0.0.1:2113?tls=false" or "memory:". Unless told,
they are in the file .data/connect-four.db.`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .parse();

const [gameId] = program.args;
const { script } = program.opts<{ script?: string }>();
const url = eventStoreUrl();

try {
  process.exitCode = await play();
} catch (error) {
  process.exitCode = explain(error);
}

async function play(): Promise<number> {
  const store = await openEventStore(url);
  const conversation = openConversation(script);
  try {
    const { colors, interactive, say } = conversation;
    say(`${colors.bold('Connect Four')}: the board is nothing but its events. They are kept in ${placeOf(url)}`);
    const chosen = gameId ?? (interactive ? await offerLastGame(store, conversation, url) : undefined);
    const session = new Session(store, conversation, (opened) => {
      rememberGame(url, opened);
    });
    const result = await session.run(chosen);
    say(farewell(result));
    return interactive || result.refusals === 0 ? exitCode.fine : exitCode.failed;
  } finally {
    conversation.close();
    await store.close();
  }
}

function farewell({ gameId, refusals }: SessionResult): string {
  const refused = refusals === 0 ? '' : ` ${refusals} ${refusals === 1 ? 'line was' : 'lines were'} refused.`;
  if (gameId === undefined) return `No game was started.${refused}`;
  if (url === 'memory:') return `Goodbye.${refused} Game ${gameId} was kept in memory: it ends here.`;
  return `Goodbye.${refused} Come back to this game with: npm run play -- ${gameId}`;
}

/** Says what went wrong to the person at the terminal. What nobody has thought of is a mistake of ours, and shown whole. */
function explain(error: unknown): number {
  if (error instanceof StepOpenError) {
    console.log(`\n${error.message}\nThe game can go on when this step is done: npm test shows the way.`);
    return exitCode.fine;
  }
  if (error instanceof InvalidEventStoreUrlError) {
    console.error(`EVENT_STORE: ${error.message}`);
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
  if (isAboutTheStore(error)) {
    console.error(`\n${error.message}\nEverything that was stored before is still there.`);
    return exitCode.failed;
  }
  throw error;
}

function isAboutTheStore(error: unknown): error is Error {
  return [EventStoreUnavailableError, StorageError, UnreadableEventError].some((kind) => error instanceof kind);
}
