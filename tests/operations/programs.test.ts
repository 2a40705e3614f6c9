import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

test('two clubs share a store: each has its leaderboard, and nobody else sees it', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'clubs-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const play = (club: string, ...words: readonly string[]) => run(folder, { CLUB: club }, words);
  for (const [club, name] of [
    ['club-1', 'Ann'],
    ['club-10', 'Zoe'],
  ] as const) {
    const script = join(folder, `${club}.txt`);
    writeFileSync(script, [name, 'Ben', ...Array.from('ABABABA')].join('\n'));
    expect(play(club, '--script', script).code).toBe(0);
  }
  expect(play('club-1', 'leaderboard').output).toContain('Ann');
  expect(play('club-1', 'leaderboard').output).not.toContain('Zoe');
  expect(play('club-10', 'leaderboard').output).toContain('Zoe');
  expect(play('club-10', 'leaderboard').output).not.toContain('Ann');
  for (const other of ['', 'club', 'north']) expect(play(other, 'leaderboard').output).not.toMatch(/Ann|Zoe/);
  expect(readdirSync(join(folder, 'read-models', 'games'))).toEqual(
    expect.arrayContaining(['club-club-1', 'club-club-10']),
  );
});

test('a person is forgotten in one club, and stays in another', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'clubs-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const script = join(folder, 'moves.txt');
  writeFileSync(script, ['Annabel', 'Bob', ...Array.from('ABABABA')].join('\n'));
  for (const club of ['north', 'south', '']) {
    expect(run(folder, { CLUB: club }, ['--script', script]).code).toBe(0);
    expect(run(folder, { CLUB: club }, ['leaderboard']).output).toContain('Annabel');
  }
  const { output } = run(folder, { CLUB: 'north' }, ['Annabel', '--yes'], 'src/terminal/forget-main.ts');
  expect(output).toMatch(/forgot +the key/);
  expect(output).not.toContain('moved');
  expect(run(folder, { CLUB: 'north' }, ['leaderboard']).output).toMatch(/a forgotten player/);
  for (const club of ['south', '']) {
    expect(run(folder, { CLUB: club }, ['leaderboard']).output).toMatch(/Annabel/);
  }
});

test.each(['North', '../north', 'a b', 'x'.repeat(41)])(
  'CLUB=%j is refused in a sentence',
  { timeout: 60_000 },
  (club) => {
    const { code, output } = run(tmpdir(), { CLUB: club }, []);
    expect(code, output).toBe(2);
    expect(output).toContain(`CLUB: "${club}" cannot be the name of a club.`);
    expect(output).not.toMatch(/\n +at /);
  },
);

function run(
  folder: string,
  env: Readonly<Record<string, string>>,
  words: readonly string[],
  program = 'src/terminal/main.ts',
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, ...words], {
    cwd: root,
    env: { ...process.env, EVENT_STORE: `sqlite:${join(folder, 'games.db')}`, ...env },
    encoding: 'utf8',
    input: '',
  });
  return { code: status, output: stdout + stderr };
}
