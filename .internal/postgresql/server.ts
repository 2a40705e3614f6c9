import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A PostgreSQL server on this machine, which can be stopped and started again with its data. */
export type PostgresqlServer = {
  readonly url: string;
  readonly start: () => Promise<void>;
  /** @param signal SIGINT ends its transactions, SIGKILL is a crash */
  readonly stop: (signal?: 'SIGINT' | 'SIGKILL') => Promise<void>;
};

export type ServerOptions = {
  /** The folder with `initdb` and `postgres`. */
  readonly programs: string;
  /** The folder for the data. It is created if it does not exist. */
  readonly folder: string;
  /** The port; 0 chooses a free one. */
  readonly port: number;
  /** Further settings, as `fsync=off`. */
  readonly settings?: readonly string[];
  /** Called when the server ends without having been asked to. */
  readonly onEnd?: (output: string) => void;
};

/**
 * The folder of an installed PostgreSQL, the newest one first: Debian does not put it into PATH.
 */
export function installedPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const folders = versions.toSorted((a, b) => b - a).map((version) => join(debian, String(version), 'bin'));
  return [...folders, ...(process.env['PATH'] ?? '').split(delimiter)].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/**
 * Starts a server for this machine only, without passwords.
 *
 * @throws Error with the output of the program that has failed
 */
export async function startPostgresql(options: ServerOptions): Promise<PostgresqlServer> {
  const { programs, folder, settings = [], onEnd } = options;
  const port = options.port === 0 ? await freePort() : options.port;
  const user = serverUser();
  mkdirSync(folder, { recursive: true });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    const words = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync', '-D', data];
    execFileSync(join(programs, 'initdb'), words, { ...user, cwd: folder, stdio: 'pipe' });
  }
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const chosen = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', ...settings];
    const words = ['-D', data, ...chosen.flatMap((setting) => ['-c', setting])];
    const started = spawn(join(programs, 'postgres'), words, { ...user, cwd: folder, stdio: 'pipe' });
    let output = '';
    const readiness = new Promise<boolean>((resolve, reject) => {
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (text: Buffer) => {
          output = `${output}${text.toString()}`.slice(-5_000);
          if (output.includes('ready to accept connections')) resolve(true);
        });
      }
      started.once('error', reject);
      started.once('close', () => {
        if (child === started) onEnd?.(output);
        resolve(false);
      });
    });
    if (await readiness) child = started;
    else if (!/pre-existing shared memory/.test(output)) throw new Error(output);
    else await delay(100).then(start); // the processes of a killed server are about to end
  };

  const stop: PostgresqlServer['stop'] = async (signal = 'SIGINT') => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('close', resolve));
    running.kill(signal);
    await ended;
  };

  await start();
  return { url, start, stop };
}

/** PostgreSQL refuses to run as root. Its package on Debian makes a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((option) => Number(execFileSync('id', [option, 'postgres'], { stdio: 'pipe' })));
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
