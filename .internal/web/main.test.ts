import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { stepNamed, Workbench } from '../workshop/proof/workbench.ts';
import { post, revisionsUntil, start, watch, type Message } from './client.ts';
import { startProgram } from './program.ts';

test('Ctrl-C ends it well, with viewers connected, and the game is there the next time', async () => {
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
  [
    'an event store that nobody knows',
    { EVENT_STORE: 'redis://here' },
    2,
    'EVENT_STORE: "redis://here" names no event store',
  ],
  ['a server that does not answer', { EVENT_STORE: 'kurrentdb://127.0.0.1:9?tls=false' }, 1, 'npm run kurrentdb'],
  ['a folder that does not exist', { EVENT_STORE: 'sqlite:/nowhere/at/all.db' }, 1, '/nowhere/at/all.db'],
])('%s is explained without a stack trace', async (_, env, code, sentence) => {
  const error: unknown = await startProgram({ env }).catch((reason: unknown) => reason);
  expect(String(error)).toContain(`it has ended with ${code}: `);
  expect(String(error)).toContain(sentence);
  expect(String(error)).not.toMatch(/\n +at /);
});

test('with --watch it starts again on each save, also after one that made no sense', { timeout: 120_000 }, async () => {
  const bench = new Workbench(stepNamed('02 solution'), 'web on each save');
  const free = await startProgram();
  await free.kill(); // its port is free now
  const program = await startProgram({ folder: bench.folder, port: free.port, flags: ['--watch'] });
  const build = async () => {
    const answer = await fetch(program.url).catch(() => undefined);
    return answer && /data-build="(.*?)"/.exec(await answer.text())?.[1];
  };
  const first = await build();
  const game = bench.read('src/domain/game.ts');
  const saves = [
    { text: `${game}\nexport const more = 1;\n`, until: (now?: string) => now !== undefined && now !== first },
    { text: 'export const = ;\n', until: (now?: string) => now === undefined },
    { text: game, until: (now?: string) => now === first },
  ];
  for (const { text, until } of saves) {
    for (let turn = 0; !until(await build()); turn += 1) {
      if (turn % 60 === 0) bench.write('src/domain/game.ts', text); // and again: the first may come before anybody watches
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await program.end();
  expect(await build(), 'nobody is left behind').toBeUndefined();
});

test('a slip of the pen in the game is reported with its place', async () => {
  const bench = new Workbench(stepNamed('04 solution'), 'web with a slip');
  writeFileSync(join(bench.folder, 'src/domain/events.ts'), 'export const a = ;\n');
  const error: unknown = await startProgram({ folder: bench.folder }).catch((reason: unknown) => reason);
  expect(String(error)).toContain('it has ended with 1: The page cannot be built.\nsrc/domain/events.ts:1:18: ');
  expect(String(error)).not.toMatch(/\n +at /);
});
