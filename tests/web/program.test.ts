import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { post, revisionsUntil, start, watch, type Message } from './client.ts';
import { startProgram } from './program.ts';

test('Ctrl-C ends the program with viewers connected, and the game is there the next time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const env = { EVENT_STORE: `sqlite:${join(folder, 'games.db')}` };
  const first = await startProgram({ env });
  await post(`${first.url}/api/games/g1/commands`, start());
  const messages: Message[] = [];
  const watching = (async () => {
    for await (const message of watch(`${first.url}/api/games/g1/live`)) messages.push(message);
  })();
  while (messages.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await first.end()).toBe(0);
  await watching;

  const second = await startProgram({ env });
  expect(await revisionsUntil(`${second.url}/api/games/g1/live`, 0)).toEqual([0]);
  expect(await second.end()).toBe(0);
});

test('a port that is in use is named, with what to do', async () => {
  const running = await startProgram();
  onTestFinished(() => running.kill());
  const attempt = startProgram({ port: running.port });
  await expect(attempt).rejects.toThrow(`it has ended with 1: Port ${running.port} is in use.`);
  await expect(attempt).rejects.toThrow(`npm run web -- --port ${running.port + 1}`);
});

test.each([
  ['an event store that nobody knows', { EVENT_STORE: 'redis://here' }, 2, 'EVENT_STORE: "redis://here"'],
  ['a server that does not answer', { EVENT_STORE: 'kurrentdb://127.0.0.1:9?tls=false' }, 1, 'npm run kurrentdb'],
  ['a PostgreSQL that does not answer', { EVENT_STORE: 'postgresql://me@127.0.0.1:9/a' }, 1, 'npm run postgresql'],
  ['a folder that does not exist', { EVENT_STORE: 'sqlite:/nowhere/at/all.db' }, 1, '/nowhere/at/all.db'],
])('%s is explained without a stack trace', async (_, env, code, sentence) => {
  const error: unknown = await startProgram({ env }).catch((reason: unknown) => reason);
  expect(String(error)).toContain(`it has ended with ${code}: `);
  expect(String(error)).toContain(sentence);
  expect(String(error)).not.toMatch(/\n +at /);
});

test.each([
  ['--watch', 'npm run web:watch'],
  ['--port=x', 'A port is a number from 0 to 65535.'],
])('%s is answered with a sentence', async (flag, sentence) => {
  const error: unknown = await startProgram({ flags: [flag] }).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(/it has ended with [12]: /);
  expect(String(error)).toContain(sentence);
});
