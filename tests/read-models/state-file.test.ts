import { join } from 'node:path';

import { expect, test } from 'vitest';

import { leaderboard } from '../../src/read-models/leaderboard.ts';
import { readModelFile } from '../../src/read-models/state-file.ts';

test.each([
  ['memory:', ':memory:'],
  ['sqlite:.data/connect-four.db', '.data/read-models/connect-four/leaderboard-v1.db'],
  ['sqlite:/clubs/north.db', '/clubs/read-models/north/leaderboard-v1.db'],
  [
    'kurrentdb://user:secret@127.0.0.1:2113?tls=false',
    '.data/read-models/kurrentdb_127.0.0.1_2113_tls_false/leaderboard-v1.db',
  ],
])('the leaderboard of %s is in %s', (url, file) => {
  expect(readModelFile(url, leaderboard)).toBe(file === ':memory:' ? file : join(file));
});

test('a new version of the rows begins a new file', () => {
  const url = 'sqlite:.data/connect-four.db';
  const files = [1, 2].map((version) => readModelFile(url, { ...leaderboard, version }));
  expect(new Set(files).size).toBe(2);
});
