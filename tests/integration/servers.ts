import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from 'vitest';

/** A server of a bus on this machine, which can be stopped and started again with its messages. */
export type BusServer = {
  readonly url: string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Stops it, and deletes its messages. */
  readonly remove: () => Promise<void>;
};

/** The program of each server, and how it is started. */
const programs = {
  nats: {
    program: 'nats-server',
    argumentsFor: (port: number, folder: string) => ['-js', '-a', '127.0.0.1', '-p', `${port}`, '-sd', folder],
  },
  redis: {
    program: 'redis-server',
    argumentsFor: (port: number, folder: string) => [
      ...['--bind', '127.0.0.1', '--port', `${port}`, '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''],
    ],
  },
} as const;

type Scheme = keyof typeof programs;

/**
 * Starts the server of a bus, on a free port.
 *
 * @returns `undefined` if it is not installed here. The run reports what it did not test, and in CI
 *   it fails
 */
export async function startServer(scheme: Scheme): Promise<BusServer | undefined> {
  const { program, argumentsFor } = programs[scheme];
  const missing = missingFor(scheme);
  if (missing !== undefined) {
    const line = `Skipped: the contract of the bus against ${program}. ${missing}`;
    console.log(line);
    if (process.env['CI'] === undefined)
      test.skip(line); // because nobody has to have this server, and the run says what it did not test
    else test(line, () => Promise.reject(new Error(missing)));
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), `${scheme}-`));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const stop = async () => {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill('SIGTERM');
    await ended;
  };
  const start = async () => {
    child = spawn(program, argumentsFor(port, folder), { stdio: 'ignore' });
    await untilAccepted(port);
  };
  await start();
  const remove = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `${scheme}://127.0.0.1:${port}`, start, stop, remove };
}

/** What is missing, as a sentence that says how to get it. */
function missingFor(scheme: Scheme): string | undefined {
  const { program } = programs[scheme];
  if (spawnSync(program, ['--version']).error !== undefined) {
    return `The program ${program} is not installed: on Debian, "apt-get install ${program}" installs it.`;
  }
  const packages = join(import.meta.dirname, '..', '..', 'src', 'integration', scheme, 'node_modules');
  return existsSync(packages) ? undefined : 'Its packages are not installed: "npm run bus:install" installs them.';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilAccepted(port: number): Promise<void> {
  for (;;) {
    const isAccepted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => {
        resolve(false);
      });
    });
    if (isAccepted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
