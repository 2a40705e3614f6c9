import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { contains, filesBelow } from '../../src/terminal/name-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'forget-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const root = join(import.meta.dirname, '..', '..');

/** Runs a program of this repository until it ends. */
async function run(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

function forget(url: string, ...args: readonly string[]) {
  return run('src/terminal/forget-main.ts', args, { EVENT_STORE: url });
}

function filesWith(place: string, name: string): readonly string[] {
  return filesBelow(place).filter((file) => contains(file, name));
}

describe('npm run forget', { timeout: 120_000 }, () => {
  test.each([
    ['plain', ['Annabel Müller', 'Bob', 'Carol', 'Dave']],
    ['ids', ['Zoë "🦊" O\'Neill\\', 'Bob', 'Carol', 'Dave']],
  ])('after an evening (first game: %s), no file has the bytes of the name', async (first, names) => {
    const place = join(folder, first, '.data');
    mkdirSync(place, { recursive: true });
    const url = `sqlite:${join(place, 'club.db')}`;
    const [one = '', two = ''] = names;
    const evening = await run('tests/privacy/evening.ts', [url, first, ...names]);
    expect(evening.output).toBe('');
    expect(filesWith(place, one).length).toBeGreaterThan(3);
    const { code, output } = await forget(url, one, '--yes');
    expect(output).toContain('found in 0');
    expect(code, output).toBe(0);
    expect(filesWith(place, one)).toEqual([]);
    expect(filesWith(place, two).length, 'the others stay').toBeGreaterThan(0);
    console.log(output);
  });
});
