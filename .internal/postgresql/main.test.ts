import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { installedPrograms } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'npm-run-postgresql-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const patience = { timeout: 120_000 };
const isInstalled = installedPrograms() !== undefined || process.env['CI'] !== undefined;

test.runIf(isInstalled)('npm run postgresql starts a server, and keeps its data when it ends', patience, async () => {
  const first = await start('--port', '0');
  const game = play(first.url, ['Alice', 'Bob', 'D']);
  const id = /npm run play -- (\w+)/.exec(game)?.[1] ?? game;
  expect(await first.end()).toBe(0);

  const [port = ''] = /\d+(?=\/postgres)/.exec(first.url) ?? [];
  const second = await start('--port', port);
  expect(play(second.url, ['history'], id)).toMatch(/GameStarted .*Alice/);
  expect(failure('--port', port, '--folder', join(folder, 'other'))).toMatch(`Port ${port} is in use`);
  expect(failure('--port', '0')).toMatch('Another PostgreSQL uses');
  mkdirSync(join(folder, 'full', 'data', 'something'), { recursive: true });
  expect(failure('--port', '0', '--folder', join(folder, 'full'))).toMatch('contains something else');
  expect(failure('--port', 'x')).toMatch('a port is a whole number');
  expect(await second.end()).toBe(0);
});

const main = ['--import', 'tsx', '.internal/postgresql/main.ts'];

async function start(...options: readonly string[]) {
  const child = spawn(process.execPath, [...main, '--folder', folder, ...options], { stdio: 'pipe' });
  let output = '';
  const ended = new Promise<number | null>((end) => child.once('close', end));
  await new Promise<void>((ready, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        output += text.toString();
        if (output.includes('Ctrl-C ends it')) ready();
      });
    }
    void ended.then(() => {
      reject(new Error(output));
    });
  });
  const url = /postgresql:\/\/\S+/.exec(output)?.[0] ?? '';
  return {
    url,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function failure(...options: readonly string[]): string {
  const run = spawnSync(process.execPath, [...main, '--folder', folder, ...options], { encoding: 'utf8' });
  expect(run.status).not.toBe(0);
  expect(run.stderr).not.toMatch(/\n +at /);
  return run.stderr;
}

/** Plays these lines. @param game the game to continue; default: a new one */
function play(url: string, lines: readonly string[], ...game: readonly string[]): string {
  const script = join(folder, 'lines.txt');
  writeFileSync(script, lines.join('\n'));
  const words = ['--import', import.meta.resolve('tsx'), resolve('src/terminal/main.ts'), ...game, '--script', script];
  const env = { ...process.env, EVENT_STORE: url };
  const run = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  return run.stdout;
}
