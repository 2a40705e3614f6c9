import { Command } from 'commander';
import picocolors from 'picocolors';

import { decodeGameEvent } from '../application/game-event-codec.ts';
import { describeStore, eventStoreUrl } from '../event-store/open.ts';
import { openStored } from '../open-store.ts';
import { upcast } from '../upcasting/upcast.ts';
import { openConversation } from './console.ts';
import { drawMoments } from './draw-museum.ts';
import { openExistingStore } from './existing-store.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';
import { NoReplacementError, planReplacement, replaceGame, type Replacement } from './replace-game.ts';
import { fold } from '../domain/index.ts';

const program = new Command('npm run replace-stream --')
  .description("Copies a finished game into a new stream, with today's events. The old stream stays, and is closed.")
  .argument('<game>', 'the id of the game')
  .option('--yes', 'do not ask')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .action(async (gameId: string, { yes = false }: { yes?: boolean }) => {
    try {
      process.exitCode = await replace(gameId, yes);
    } catch (error) {
      process.exitCode = explain(error);
    }
  });

await program.parseAsync();

async function replace(gameId: string, isAgreed: boolean): Promise<number> {
  const url = eventStoreUrl();
  const raw = await openExistingStore(url, openStored);
  try {
    const plan = await planReplacement(raw, gameId);
    if (plan.isDone) {
      console.log(`Game ${gameId} was replaced by ${plan.newGameId}. There is nothing to do.`);
      return exitCode.fine;
    }
    console.log(drawPlan(gameId, plan, describeStore(url)));
    if (!isAgreed && !(await isConfirmed())) {
      console.log('Nothing was changed.');
      return exitCode.fine;
    }
    await replaceGame(raw, gameId, plan);
    console.log(`Game ${gameId} was replaced by ${plan.newGameId}. The old stream has one more event, which says so.`);
    return exitCode.fine;
  } finally {
    await raw.close();
  }
}

function drawPlan(gameId: string, { stored, newGameId, copies }: Replacement, store: string): string {
  const todays = upcast(stored);
  const moments = stored.map((event) => {
    const readAs = todays.filter(({ revision }) => revision === event.revision).map(decodeGameEvent);
    return { stored: event, readAs, game: fold(todays.map(decodeGameEvent)) };
  });
  const exhibit = {
    name: `Game ${gameId} in ${store}`,
    about: 'As it is stored, and as it would be in the new stream:',
  };
  return [
    drawMoments(exhibit, moments, picocolors.createColors(false)),
    '',
    `The ${copies.length} events would go into a new stream, game-${newGameId}. Each names its original in its metadata.`,
    `Then one more event would close game-${gameId}. Its events stay as they are.`,
  ].join('\n');
}

async function isConfirmed(): Promise<boolean> {
  const { ask, close } = openConversation();
  const answer = await ask('Replace the stream? (yes, or no) ');
  close();
  return answer?.toLowerCase() === 'yes';
}

/** @returns the exit code */
function explain(error: unknown): number {
  if (!(error instanceof NoReplacementError)) return explainModelError(error);
  console.error(error.message);
  return exitCode.failed;
}
