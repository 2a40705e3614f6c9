import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.ts';
import { afterMoves, finished } from '../support/example-moves.ts';
import { appendTo } from '../support/logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'careers-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function careers(file: string) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/terminal/main.ts', 'careers'],
    { env: { ...process.env, EVENT_STORE: `sqlite:${join(folder, file)}` }, encoding: 'utf8' },
  );
  return { output: stdout + stderr, status };
}

async function storeWithGame(file: string): Promise<void> {
  const store = new SqliteEventStore(join(folder, file));
  await appendTo(store, 'g1', ...afterMoves('ABABABA'), finished('player one won'));
  await store.close();
}

const table = [
  'player   rating      won     tied     lost in a row   folded   events',
  'Alice      1016        1        0        0        1        1        1',
  'Bob         984        0        0        1        0        1        1',
];

test('npm run play -- careers brings the careers up to date, and prints them', { timeout: 60_000 }, async () => {
  await storeWithGame('club.db');
  for (const { output, status } of [careers('club.db'), careers('club.db')]) {
    expect(output.trimEnd().split('\n')).toEqual(table);
    expect(status).toBe(0);
  }
});

test('without a store, it says so', { timeout: 60_000 }, () => {
  const { output, status } = careers('none.db');
  expect(output).toContain('Your first game makes one');
  expect(status).toBe(1);
  expect(existsSync(join(folder, 'none.db'))).toBe(false);
});

test('a file of snapshots that cannot be used does no harm', { timeout: 60_000 }, async () => {
  await storeWithGame('damaged.db');
  careers('damaged.db');
  const file = join(folder, 'snapshots', 'damaged', 'careers.db');
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
  writeFileSync(file, 'This is not a database, but a text that is long enough to be one.'.repeat(20));
  chmodSync(file, 0o444);
  const { output, status } = careers('damaged.db');
  expect(output).toContain(table[1]);
  expect(output).toContain('it is kept in memory');
  expect(status).toBe(0);
});
