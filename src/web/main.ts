import { networkInterfaces } from 'node:os';

import { Command, InvalidArgumentError } from 'commander';

import { bundlePage, PageError } from './bundle.ts';
import type { RunningServer } from './server.ts';
import { serveOnEachSave } from './watch.ts';

const exitCode = { failed: 1, usage: 2 };

const program = new Command('npm run web --')
  .description('Connect Four in the browser: the board, its events, and time.')
  .option('--port <number>', 'the port to serve it on; any free one if it is 0', toPort, 4444)
  .option('--watch', 'start again each time that a file of the game is saved')
  .option('--host <address>', 'the address to listen at; 0.0.0.0 lets in everybody in your network', '127.0.0.1')
  .addHelpText(
    'after',
    `
Examples:
  npm run web                               serve the game on http://127.0.0.1:4444
  npm run web -- --watch                    the same, and again on each save
  npm run web -- --port 5000                the same, on another port
  npm run web -- --host 0.0.0.0             play on your phone, in the same network

When there is an event store (from exercise 3 on), EVENT_STORE says which one: "sqlite:FILE", "kurrentdb://127.0.0.1:2113?tls=false"
or "memory:". Unless told, the events are in the file .data/connect-four.db.`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitCode.usage))
  .parse();

const { port, host, watch } = program.opts<{ port: number; host: string; watch?: true }>();

try {
  if (watch) process.exitCode = await serveOnEachSave(port, host);
  else await serve();
} catch (error) {
  process.exitCode = explain(error);
}

async function serve(): Promise<void> {
  // First the page: it is built from the same source, and says better where there is a slip of the pen.
  const page = await bundlePage();
  const [{ openGames }, { startServer }] = await Promise.all([import('./open-games.ts'), import('./server.ts')]);
  const games = await openGames();
  const server = await startServer({ games, page, port, host }).catch(async (error: unknown) => {
    await games.close();
    throw error;
  });
  console.log(`Connect Four is at ${addressesOf(server).join('\n               and ')}`);
  console.log(`Its events are kept in ${games.place}\nCtrl-C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.close();
    });
  }
}

/** The addresses to open: 0.0.0.0 stands for all that this machine has. */
function addressesOf({ url, port: actual }: RunningServer): readonly string[] {
  if (host !== '0.0.0.0') return [url];
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return found.filter(({ family }) => family === 'IPv4').map(({ address }) => `http://${address}:${actual}`);
}

/** Says what went wrong to the person at the terminal. What nobody has thought of is a mistake of ours, and shown whole. */
function explain(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  if (error instanceof PageError) {
    console.error(error.message);
    return exitCode.failed;
  }
  switch ('code' in error ? error.code : error.name) {
    case 'EADDRINUSE':
      console.error(
        `Port ${port} is in use. Is the game running already? Another port: npm run web -- --port ${port + 1}`,
      );
      return exitCode.failed;
    case 'EACCES':
      console.error(`You may not use port ${port}. Ports from 1024 on are for everybody: npm run web -- --port 4444`);
      return exitCode.failed;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      console.error(`"${host}" is no address of this machine. Leave out --host, or use 0.0.0.0 for all of them.`);
      return exitCode.failed;
    case 'InvalidEventStoreUrlError':
      console.error(`EVENT_STORE: ${error.message}`);
      return exitCode.usage;
    case 'EventStoreUnavailableError':
    case 'StorageError':
      console.error(error.message);
      return exitCode.failed;
    default:
      throw error;
  }
}

function toPort(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
