import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { jsonEvent, KurrentDBClient, START } from '@kurrent/kurrentdb-client';
import { describe, expect, onTestFinished, test } from 'vitest';

import { KurrentDBEventStore } from '../../src/event-store/kurrentdb/kurrentdb-event-store.ts';
import { handle, loadGame } from '../../src/application/game-commands.ts';
import { whatIsLost, writeUntilKilled } from '../crash/kill.ts';
import { startStandIn } from './server.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Runs the program of `npm run kurrentdb`, and waits for its first two lines, or for its end. */
async function start(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...args]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let [output, errors] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const begun = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.split('\n').length > 2) resolve();
    });
  });
  await Promise.race([begun, ended]);
  const connectionString = /kurrentdb:\S+/.exec(output)?.[0] ?? '';
  return { child, ended, connectionString, output: () => output, errors: () => errors };
}

async function freePort(): Promise<number> {
  const standIn = await startStandIn({ port: 0 });
  await standIn.close();
  return standIn.port;
}

describe('the program', () => {
  // Windows ends a process without a signal.
  test.skipIf(process.platform === 'win32')(
    'describes itself in two lines, prints each call, and stops cleanly',
    { timeout: 300_000 },
    async () => {
      const { child, ended, connectionString, output, errors } = await start('--port', '0', '--memory', '--verbose');
      expect(output().trimEnd().split('\n')).toHaveLength(2);
      expect(output()).toMatch(/^A stand-in for KurrentDB, to learn with: kurrentdb:\/\/127\.0\.0\.1:\d+\?tls=false/);
      expect(output()).toContain('Do not use it in production.');
      const store = new KurrentDBEventStore(connectionString);
      await store.appendToStream('game-1', [{ id: randomUUID(), type: 'GameStarted', data: {} }], {
        expectedRevision: 'any',
      });
      await store.readStream('game-1');
      await store.close();
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(output()).toMatch(/append {2}game-1 {2}expected any {2}\[GameStarted\] {2}-> revision 0/);
      expect(output()).toMatch(/read {4}game-1 {2}-> 1 event\n/);
      expect(errors()).toBe('');
    },
  );

  test.each([
    ['another address', ['--host', '0.0.0.0'], 'it listens on 127.0.0.1 only', 2],
    ['an invalid port', ['--port', 'http'], 'A port is a number', 2],
    ['a file that is not an event store', ['--port', '0', '--file', 'package.json'], 'is not an event store', 1],
  ])('refuses %s with a message', { timeout: 300_000 }, async (_, args, sentence, code) => {
    const { ended, errors } = await start(...args);
    expect(await ended).toBe(code);
    expect(errors()).toContain(sentence);
    expect(errors()).not.toMatch(/^\s+at /m);
  });

  test('says what to do when its port is in use', { timeout: 300_000 }, async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { ended, errors } = await start('--memory', '--port', String(port));
    expect(await ended).toBe(1);
    expect(errors()).toContain(`Port ${port} is in use`);
  });

  test('keeps acknowledged events when it is killed', { timeout: 300_000 }, async () => {
    const file = join(makeFolder(), 'kurrentdb.db');
    const port = await freePort();
    const acknowledged = new Map<string, bigint>();
    for (const moment of [10, 60, 130, 250]) {
      const server = await start('--file', file, '--port', String(port));
      const kill = () => void server.child.kill('SIGKILL');
      for (const [batch, revision] of await writeUntilKilled(server.connectionString, 'counted', moment, kill)) {
        acknowledged.set(batch, revision);
      }
      await server.ended;
    }
    const server = await start('--file', file, '--port', String(port));
    const store = new KurrentDBEventStore(server.connectionString);
    expect(await whatIsLost(store, 'counted', acknowledged)).toEqual([]);
    await store.close();
    expect(acknowledged.size).toBeGreaterThan(0);
  });

  test('a game continues when the server is killed between two moves and restarted', { timeout: 300_000 }, async () => {
    const file = join(makeFolder(), 'kurrentdb.db');
    const port = String(await freePort());
    const first = await start('--file', file, '--port', port);
    const store = new KurrentDBEventStore(first.connectionString);
    const player = (name: string, column: string) =>
      handle(store, 'g1', { type: 'MakeMove', data: { player: name, column } });
    await handle(store, 'g1', { type: 'StartGame', data: { playerOne: 'Alice', playerTwo: 'Bob' } });
    await player('Alice', 'D');

    first.child.kill('SIGKILL');
    await first.ended;
    await expect(player('Bob', 'D')).rejects.toThrow('Is it running?');

    await start('--file', file, '--port', port);
    await player('Bob', 'D');
    expect((await loadGame(store, 'g1')).game).toMatchObject({
      nextPlayer: 'Alice',
      board: { D: ['yellow', 'red'] },
    });
    await store.close();
  });
});

describe('the server', () => {
  test('answers /health/live, /info and a stream over HTTP, on the same port', async () => {
    const { port, connectionString, close } = await startStandIn({ port: 0 });
    const store = new KurrentDBEventStore(connectionString);
    await store.appendToStream('game-1', [{ id: randomUUID(), type: 'GameStarted', data: { playerOne: 'Alice' } }], {
      expectedRevision: 'any',
    });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/health/live')).status).toBe(204);
    expect(await (await get('/info')).json()).toMatchObject({ standIn: true });
    expect(await (await get('/streams/game-1')).json()).toMatchObject([
      { revision: 0, type: 'GameStarted', data: { playerOne: 'Alice' } },
    ]);
    expect((await get('/nothing')).status).toBe(404);
    await store.close();
    await close();
  });

  test('refuses unsupported calls with UNIMPLEMENTED and a message', async () => {
    const { connectionString, close } = await startStandIn({ port: 0 });
    const client = KurrentDBClient.connectionString(connectionString);
    const refusal = client.createProjection('p', 'fromAll()');
    await expect(refusal).rejects.toMatchObject({
      code: 12,
      message: expect.stringContaining('not served by the local stand-in') as string,
    });
    await client.dispose();
    await close();
  });

  test(
    'a subscriber that does not read uses no memory of the server, and loses no event',
    { timeout: 300_000 },
    async () => {
      const { connectionString, close } = await startStandIn({ port: 0 });
      const client = KurrentDBClient.connectionString(connectionString);
      // The client's own buffer is small: the other events wait at the server.
      const subscription = client.subscribeToStream('busy', { fromRevision: START }, { highWaterMark: 1 });
      await new Promise((resolve) => void subscription.once('confirmation', resolve));
      const text = 'x'.repeat(100_000);
      for (let count = 0; count < 300; count += 1) {
        await client.appendToStream('busy', jsonEvent({ type: 'Large', data: { text, count } }));
      }
      const seen: bigint[] = [];
      for await (const { event } of subscription) {
        if (event) seen.push(event.revision);
        if (seen.length === 300) break;
      }
      expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => BigInt(index)));
      await client.dispose();
      await close();
    },
  );

  test('removes a disconnected subscriber', async () => {
    const lines: string[] = [];
    const { connectionString, close } = await startStandIn({ port: 0, witness: (line) => void lines.push(line) });
    const client = KurrentDBClient.connectionString(connectionString);
    const subscription = client.subscribeToStream('quiet', { fromRevision: START });
    await new Promise((resolve) => void subscription.once('confirmation', resolve));
    expect(lines).toContain('subscribe  quiet');
    await subscription.unsubscribe();
    await expect.poll(() => lines).toContain('unsubscribe  quiet');
    await client.dispose();
    await close();
  });
});
