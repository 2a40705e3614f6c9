import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import { Command, InvalidArgumentError, Option } from 'commander';

import { startStandIn, type StandIn } from './server.ts';
import { StorageError } from './storage.ts';

const program = new Command('npm run kurrentdb --')
  .description('A local stand-in for KurrentDB: it speaks the protocol of the server and needs no container.')
  .option('--port <number>', 'the port to listen on; 0 chooses a free one', parsePort, 2113)
  .addOption(
    new Option('--host <address>', 'the address to listen on; only 127.0.0.1 is possible')
      .default('127.0.0.1')
      .argParser(parseHost),
  )
  .option('--file <path>', 'the file for the events', '.data/kurrentdb.db')
  .option('--memory', 'keep the events in memory until the program ends')
  .option('--verbose', 'print each append and each read')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const { port, file, memory, verbose } = program.opts<{ port: number; file: string; memory?: true; verbose?: true }>();

try {
  if (!memory) mkdirSync(dirname(file), { recursive: true });
  const standIn = await startStandIn({
    port,
    ...(!memory && { file }),
    ...(verbose && { witness: printLine }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(standIn));
  const place = memory ? 'in memory, until it ends' : `in ${file}`;
  console.log(`A stand-in for KurrentDB, to learn with: ${standIn.connectionString} (its events are ${place}).`);
  console.log(
    'It is one node for this machine only, without users, projections or certificates. Do not use it in production. Ctrl-C ends it.',
  );
} catch (error) {
  process.exitCode = explain(error);
}

async function stop(standIn: StandIn): Promise<void> {
  await standIn.close();
  process.exit(0);
}

function printLine(line: string): void {
  // Names of streams come from clients, so control characters are removed.
  console.log(`${new Date().toISOString().slice(11, 23)}  ${line.replace(/\p{Cc}/gu, '\u{fffd}')}`);
}

function explain(error: unknown): number {
  if (error instanceof StorageError) {
    console.error(error.message);
    return 1;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error(
      `Port ${port} is in use. A KurrentDB may be running already. Stop it, or choose another port: npm run kurrentdb -- --port 2114`,
    );
    return 1;
  }
  if (error instanceof Error && 'syscall' in error) {
    console.error(`The stand-in could not start: ${error.message}`);
    return 1;
  }
  throw error;
}

function parsePort(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}

function parseHost(text: string): string {
  if (text !== '127.0.0.1' && text !== 'localhost') {
    throw new InvalidArgumentError(
      'The stand-in has no passwords and no certificates, so it listens on 127.0.0.1 only.',
    );
  }
  return '127.0.0.1';
}
