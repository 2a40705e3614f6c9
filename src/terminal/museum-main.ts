import { Command } from 'commander';
import picocolors from 'picocolors';

import { gameStream } from '../application/game-commands.ts';
import { newGameId } from '../application/game-id.ts';
import { describeStore, eventStoreUrl } from '../event-store/open.ts';
import { MuseumError, type Exhibit } from '../museum/museum-file.ts';
import { eventsToImport, momentsOf, namesInMuseum, readExhibit } from '../museum/museum.ts';
import { openStore } from '../open-store.ts';
import { printable } from './console.ts';
import { drawMoments, drawMuseum } from './draw-museum.ts';
import { exitCode, explainModelError } from './explain-model-error.ts';

const program = new Command('npm run museum --')
  .description('The museum: games as earlier versions of this program have stored them.')
  .argument('[name]', 'the game to play; default: list all of them')
  .option('--import', 'append its old events, as they are, to the event store, as a new game')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? exitCode.fine : exitCode.usage))
  .addHelpText('after', '\nEVENT_STORE names the event store, as for npm run play.')
  .action(async (name: string | undefined, options: { import?: true }) => {
    try {
      await show(name, options.import === true);
    } catch (error) {
      process.exitCode = explain(error);
    }
  });

await program.parseAsync();

async function show(name: string | undefined, isImport: boolean): Promise<void> {
  if (name === undefined) {
    if (isImport) program.error('Which game? npm run museum -- NAME --import');
    console.log(drawMuseum(namesInMuseum().map(readExhibit)));
    return;
  }
  const exhibit = readExhibit(name.replace(/\.txt$/, ''));
  const moments = momentsOf(exhibit); // before an import: an open step must leave no old events
  const isColored = process.stdout.isTTY && !process.env['NO_COLOR'];
  console.log(drawMoments(exhibit, moments, picocolors.createColors(isColored)));
  if (isImport) await hang(exhibit);
}

async function hang(exhibit: Exhibit): Promise<void> {
  const url = eventStoreUrl();
  const store = await openStore(url);
  const gameId = newGameId();
  try {
    await store.appendToStream(gameStream(gameId), eventsToImport(exhibit, gameId), { expectedRevision: 'no_stream' });
  } finally {
    await store.close();
  }
  console.log(`\nIts events, as they were stored, are now game ${gameId} in ${describeStore(url)}.`);
  if (url === 'memory:') console.log('A store in memory ends with this program, and the game with it.');
  else console.log(`  npm run play -- ${gameId}\n  npm run web, and then /games/${gameId}`);
}

/** @returns the exit code */
function explain(error: unknown): number {
  if (!(error instanceof MuseumError)) return explainModelError(error);
  console.error(printable(error.message));
  return exitCode.usage;
}
