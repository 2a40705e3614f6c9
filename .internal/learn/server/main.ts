import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { ManifestError } from '../../workshop/manifest.ts';
import { servePage } from './server.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const usageError = 2;

const program = new Command('npm run learn --')
  .description('The workshop in one browser page: instructions, editor, tests, playground, game and solution.')
  .option('--port <number>', 'the port to serve it on; 0 takes any free port', toPort, 4445)
  .option('--no-open', 'do not open the browser')
  .addHelpText(
    'after',
    `
Examples:
  npm run learn                       open the page on http://127.0.0.1:4445
  npm run learn -- --port 5000        the same, on another port

It works on the files of this folder. Your own editor and terminal can be used at the same time.`,
  )
  .showHelpAfterError('All options: npm run learn -- --help')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : usageError))
  .parse();

const { port, open } = program.opts<{ port: number; open: boolean }>();
const listenErrors: Readonly<Record<string, string>> = {
  EADDRINUSE: `Port ${port} is in use. Is the page open already? Another port: npm run learn -- --port ${port + 1}`,
  EACCES: `You may not use port ${port}. Ports from 1024 on are for everybody: npm run learn -- --port 4445`,
};

try {
  const { url, close } = await servePage(root, port);
  let closed: Promise<void> | undefined;
  // tsx may send a signal twice.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void (closed ??= close()));
  console.log(`The workshop is at ${url}`);
  console.log('Your own editor and terminal work beside it. Ctrl-C ends it.');
  if (open && process.stdout.isTTY) openBrowser(url);
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
}

/** Opens the system's browser. Without one, the address on the screen is enough. */
function openBrowser(url: string): void {
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  const [command = '', ...args] = [...opener, url] as readonly string[];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}

/** @throws an unexpected error, to show the whole of it */
function inWords(error: unknown): string {
  if (error instanceof ManifestError) return error.message;
  const sentence = listenErrors[error instanceof Error && 'code' in error ? String(error.code) : ''];
  if (sentence === undefined) throw error;
  return sentence;
}

function toPort(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
