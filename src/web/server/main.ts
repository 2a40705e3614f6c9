import { networkInterfaces } from 'node:os';

import { Command, InvalidArgumentError } from 'commander';

import { EventStoreError } from '../../event-store/event-store.ts';
import { describeStore, eventStoreUrl, InvalidSettingError } from '../../event-store/open.ts';
import { openStore } from '../../open-store.ts';
import { brokenCode, problemOf } from './broken-code.ts';
import { serveBroken } from './broken-server.ts';
import { bundlePage, PageError } from './bundle.ts';
import type { Listening } from './listen.ts';
import { PartError } from './part.ts';
import { isLocalOrigin } from './security-headers.ts';

const usageError = 2;

const program = new Command('npm run web --')
  .description('Connect Four in the browser: the board, its events, and time.')
  .option('--port <number>', 'the port to serve it on; 0 takes any free port', toPort, 4444)
  .option('--host <address>', 'the address to listen at; 0.0.0.0 lets in everybody in your network', '127.0.0.1')
  .option('--framed-by <origin>', 'the origin whose pages may show this one in a frame; default: none', toOrigin)
  .option('--until-fixed', 'show an error in the code as a page, and wait, instead of ending')
  .addHelpText(
    'after',
    `
Examples:
  npm run web                               serve the game on http://127.0.0.1:4444
  npm run web:watch                         the same, and start again on each save
  npm run web -- --port 5000                the same, on another port
  npm run web -- --host 0.0.0.0             play on your phone, in the same network

EVENT_STORE says where the events are kept:
  memory:                                       in memory, gone when the program ends
  sqlite:FILE                                   in a file; default: .data/connect-four.db
  kurrentdb://127.0.0.1:2113?tls=false          a KurrentDB server
  postgresql://postgres@127.0.0.1:5432/postgres a PostgreSQL server`,
  )
  .showHelpAfterError('All options: npm run web -- --help. To start again on each save: npm run web:watch')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
  .parse();

type Options = { port: number; host: string; framedBy?: string; untilFixed?: true };
const { port, host, framedBy, untilFixed } = program.opts<Options>();
const wrongHost = `"${host}" is not an address of this machine. Leave out --host, or use 0.0.0.0 for all of them.`;
const listenErrors: Readonly<Record<string, string>> = {
  EADDRINUSE: `Port ${port} is in use. Is the game running already? Another port: npm run web -- --port ${port + 1}`,
  EACCES: `You may not use port ${port}. Ports from 1024 on are for everybody: npm run web -- --port 4444`,
  EADDRNOTAVAIL: wrongHost,
  ENOTFOUND: wrongHost,
};

try {
  await serveOrShow();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = error instanceof InvalidSettingError || error instanceof PartError ? usageError : 1;
}

/** An error in the code is shown in place of the game, if that is asked for. */
async function serveOrShow(): Promise<void> {
  try {
    await serve();
  } catch (error) {
    const broken = untilFixed && brokenCode(error);
    if (broken === undefined) throw error;
    console.error(problemOf(broken).detail);
    endOnSignal(await serveBroken(broken, { port, host, framedBy }));
  }
}

async function serve(): Promise<void> {
  // The page comes first: it contains the code of the game, and its builder names the place of a
  // syntax error.
  const page = await bundlePage();
  const [{ GameService }, { startServer }, { openParts }] = await Promise.all([
    import('./games.ts'),
    import('./server.ts'),
    import('./parts.ts'),
  ]);
  const url = eventStoreUrl();
  const store = await openStore(url);
  try {
    await store.readStream('is-the-store-there');
    const parts = (signal: AbortSignal) => openParts({ store, url, signal });
    const server = await startServer({ games: new GameService(store), page, port, host, framedBy, parts });
    console.log(`Connect Four is at ${addressesOf(server).join('\n               and ')}`);
    console.log(`Its events are kept in ${describeStore(url)}\nCtrl-C ends it.`);
    endOnSignal(server);
  } catch (error) {
    await store.close();
    throw error;
  }
}

function endOnSignal({ close }: Listening): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

/** The addresses to open: 0.0.0.0 stands for all that this machine has. */
function addressesOf({ url, port: actual }: Listening): readonly string[] {
  if (host !== '0.0.0.0') return [url];
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return found.filter(({ family }) => family === 'IPv4').map(({ address }) => `http://${address}:${actual}`);
}

/** @throws an unexpected error, to show the whole of it */
function inWords(error: unknown): string {
  if (error instanceof InvalidSettingError) return error.message;
  if (error instanceof PageError || error instanceof PartError || error instanceof EventStoreError)
    return error.message;
  const sentence = listenErrors[error instanceof Error && 'code' in error ? String(error.code) : ''];
  if (sentence === undefined) throw error;
  return sentence;
}

function toPort(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

function toOrigin(text: string): string {
  if (isLocalOrigin(text)) return text;
  throw new InvalidArgumentError('An origin looks like this: http://127.0.0.1:4321');
}
