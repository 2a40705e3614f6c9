import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';

import { StorageError } from '../../src/event-store/event-store.ts';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { whatIsLost, writeUntilKilled, type Acknowledged } from './kill.ts';

function makeFolder(whenDone = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  whenDone(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

const newEvent = (index: number) => ({
  id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  type: 'Counted',
  data: { index },
});

describe('a process that is killed while it writes', () => {
  // 50 kills, spread over the first 100 milliseconds, in four files at a time.
  const moments = Array.from({ length: 50 }, (_, index) => (index * 37) % 100);
  test.concurrent.for([0, 1, 2, 3])(
    'loses no acknowledged event (file %d)',
    { timeout: 300_000 },
    async (lane, { expect, onTestFinished }) => {
      const file = join(makeFolder(onTestFinished), 'events.db');
      const acknowledged = new Map<string, bigint>();
      for (const moment of moments.filter((_, index) => index % 4 === lane)) {
        const written: Acknowledged = await writeUntilKilled(`sqlite:${file}`, 'counted', moment);
        for (const [batch, revision] of written) acknowledged.set(batch, revision);
        const store = new SqliteEventStore(file);
        expect(await whatIsLost(store, 'counted', acknowledged)).toEqual([]);
        await store.close();
      }
      expect(acknowledged.size).toBeGreaterThan(0);
    },
  );
});

describe('two processes with one file', () => {
  test(
    'exactly one of two appends at the same revision succeeds, and neither fails because the file is busy',
    { timeout: 300_000 },
    async () => {
      const file = join(makeFolder(), 'events.db');
      const code = (name: string) => `
      import { randomUUID } from 'node:crypto';
      import { SqliteEventStore } from './src/event-store/sqlite/sqlite-event-store.ts';
      const store = new SqliteEventStore(${JSON.stringify(file)});
      let won = 0;
      for (let turn = 0; turn < 100; turn += 1) {
        const expectedRevision = turn === 0 ? 'no_stream' : BigInt(turn - 1);
        try {
          await store.appendToStream('race', [{ id: randomUUID(), type: '${name}', data: {} }], { expectedRevision });
          won += 1;
        } catch (error) {
          if (error.name !== 'WrongExpectedRevisionError') throw error;
          while ((await store.readStream('race', { fromRevision: BigInt(turn) })).length === 0);
        }
      }
      console.log(won);`;
      const wins = await Promise.all(['one', 'two'].map((name) => runCode(code(name))));
      expect(wins.map(({ errors }) => errors)).toEqual(['', '']);
      expect(wins.reduce((sum, { output }) => sum + Number(output), 0)).toBe(100);
      expect(await new SqliteEventStore(file).readStream('race')).toHaveLength(100);
    },
  );
});

describe('an unusable file is reported, and does not change', () => {
  test('a folder that does not exist', () => {
    const file = join(makeFolder(), 'nowhere', 'events.db');
    expect(() => new SqliteEventStore(file)).toThrow(StorageError);
    expect(() => new SqliteEventStore(file)).toThrow(file);
  });

  test('a file that is not a database', () => {
    const file = join(makeFolder(), 'notes.txt');
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    expect(() => new SqliteEventStore(file)).toThrow('is not an event store');
    expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(1000));
  });

  test('a database of another kind', () => {
    const file = join(makeFolder(), 'other.db');
    const other = new Database(file);
    other.exec('CREATE TABLE diary (entry TEXT)');
    other.close();
    const before = readFileSync(file);
    expect(() => new SqliteEventStore(file)).toThrow('is a database, but not an event store');
    expect(readFileSync(file)).toEqual(before);
  });

  test('an event store of a newer version', async () => {
    const file = join(makeFolder(), 'newer.db');
    await new SqliteEventStore(file).close();
    const newer = new Database(file);
    newer.exec('PRAGMA user_version = 7');
    newer.close();
    const before = readFileSync(file);
    expect(() => new SqliteEventStore(file)).toThrow(
      'is an event store of version 7, and this program reads version 1',
    );
    expect(readFileSync(file)).toEqual(before);
  });

  test('a damaged file', async () => {
    const file = join(makeFolder(), 'events.db');
    const store = new SqliteEventStore(file);
    await store.appendToStream(
      'counted',
      Array.from({ length: 500 }, (_, index) => newEvent(index)),
      { expectedRevision: 'any' },
    );
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    await expect(new SqliteEventStore(file).readStream('counted')).rejects.toThrow(StorageError);
    expect(readFileSync(file)).toEqual(bytes);
  });

  test.skipIf(process.platform !== 'linux')('a full disk', { timeout: 300_000 }, async () => {
    const file = join(makeFolder(), 'events.db');
    const store = new SqliteEventStore(file);
    await store.appendToStream('counted', [newEvent(0)], { expectedRevision: 'any' });
    await store.close();
    const code = `
      import { SqliteEventStore } from './src/event-store/sqlite/sqlite-event-store.ts';
      const store = new SqliteEventStore(${JSON.stringify(file)});
      const text = 'x'.repeat(1_000_000);
      try {
        await store.appendToStream('counted', [{ id: crypto.randomUUID(), type: 'Counted', data: { text } }], { expectedRevision: 'any' });
      } catch (error) {
        console.log(error.name, error.message, (await store.readStream('counted')).length);
      }`;
    // No file may grow beyond 300 blocks: the database takes that for a full disk.
    const { output } = await runCode(code, 'trap "" XFSZ; ulimit -f 300; exec "$0" "$@"');
    expect(output).toContain(`StorageError The events in ${file}`);
    expect(output.trim()).toMatch(/1$/);
    const again = new SqliteEventStore(file);
    expect(await again.readStream('counted')).toHaveLength(1);
    await again.close();
  });

  test.skipIf(process.platform === 'win32')('a read-only file', { timeout: 300_000 }, async ({ skip }) => {
    const folder = makeFolder();
    const file = join(folder, 'events.db');
    await new SqliteEventStore(file).close();
    copyFileSync(file, join(folder, 'copy.db'));
    const code = `
      import { SqliteEventStore } from './src/event-store/sqlite/sqlite-event-store.ts';
      try {
        const store = new SqliteEventStore(${JSON.stringify(file)});
        await store.appendToStream('counted', [{ id: crypto.randomUUID(), type: 'Counted', data: {} }], { expectedRevision: 'any' });
      } catch (error) {
        console.log(error.name, error.message);
      }`;
    // Permissions do not stop root: as root, the test runs as another user.
    const { output, errors } = await runCode(
      code,
      `chmod a+rx "${folder}"; chmod a-w "${folder}" "${file}"; exec "$0" "$@"`,
      process.getuid?.() === 0,
    );
    if (/EACCES|MODULE_NOT_FOUND|ENOENT/.test(errors)) skip('another user cannot read this folder');
    expect(errors).toBe('');
    expect(output).toContain('StorageError');
    expect(output).toContain(file);
    expect(readFileSync(file)).toEqual(readFileSync(join(folder, 'copy.db')));
  });
});

/** Runs TypeScript code in its own process, in a shell that prepares it. */
function runCode(code: string, shell = 'exec "$0" "$@"', asNobody = false) {
  const script = shell;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '--eval', code];
  const command = asNobody ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...node] : node;
  const child = spawn('sh', ['-c', script, ...command]);
  return new Promise<{ output: string; errors: string }>((resolve) => {
    let [output, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('close', () => {
      resolve({ output, errors });
    });
  });
}
