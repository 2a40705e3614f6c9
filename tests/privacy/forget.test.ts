import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { startProgram } from '../web/program.ts';
import { openModel } from '../../src/read-models/model.ts';
import { emptyCopy } from '../../src/terminal/forget-copies.ts';
import { contains, filesBelow } from '../../src/terminal/name-bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'forget-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const root = join(import.meta.dirname, '..', '..');

/** Runs a program of this repository until it ends, or until it has printed these words. */
async function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  killAt = 'never',
) {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes(killAt)) child.kill('SIGKILL');
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
  });

  test('the games are the same afterward, also when both players are forgotten, one after the other', async () => {
    const { url, place } = await evening('both');
    const before = await gamesOf(url);
    for (const name of ['Annabel', 'Bob']) {
      const { code, output } = await forget(url, name, '--yes');
      expect(code, output).toBe(0);
      expect(filesWith(place, name)).toEqual([]);
    }
    const after = await gamesOf(url);
    const anonymous = (text: string) => text.replaceAll(/a forgotten player \(\w{8}\)|Annabel|Bob/g, 'somebody');
    expect(anonymous(after)).toBe(anonymous(before));
    const forgotten = new Set(after.match(/a forgotten player \(\w{8}\)/g));
    expect(forgotten.size).toBe(2);
  });

  test('somebody who was never here is not forgotten, and nothing changes', async () => {
    const { url, place } = await evening('nobody');
    const before = filesBelow(place).length;
    const { code, output } = await forget(url, 'Nobody Such', '--yes');
    expect(output).toContain('Nobody is called "Nobody Such" here.');
    expect(code).toBe(0);
    expect(filesBelow(place).length).toBeLessThanOrEqual(before);
    expect(filesWith(place, 'Annabel').length).toBeGreaterThan(0);
  });

  test('without a terminal and without --yes, nothing is done', async () => {
    const { url, place } = await evening('unasked');
    const { code, output } = await forget(url, 'Annabel');
    expect(output).toContain('Nothing was done: nobody can answer here.');
    expect(code).toBe(2);
    expect(filesWith(place, 'Annabel').length).toBeGreaterThan(3);
  });

  test('while the web server runs, nothing is done; when it was killed, everything is', async () => {
    const { url, place } = await evening('running');
    const server = await startProgram({ env: { EVENT_STORE: url } });
    const refused = await forget(url, 'Annabel', '--yes');
    expect(refused.output).toContain('Another program uses');
    expect(refused.code).toBe(1);
    expect(filesWith(place, 'Annabel').length).toBeGreaterThan(3);
    await server.kill();
    const { code, output } = await forget(url, 'Annabel', '--yes');
    expect(code, output).toBe(0);
    expect(filesWith(place, 'Annabel')).toEqual([]);
  });

  test('it can be ended at any moment, and begun again', async () => {
    for (const after of ['What there is', 'moved', 'emptied', 'forgot', 'rebuilt']) {
      const { url, place } = await evening(`ended-${after.slice(0, 4)}`);
      await run('src/terminal/forget-main.ts', ['Annabel', '--yes'], { EVENT_STORE: url }, after);
      const { code, output } = await forget(url, 'Annabel', '--yes');
      expect(code, output).toBe(0);
      expect(filesWith(place, 'Annabel'), after).toEqual([]);
    }
  });

  test('a lost key is told, and can be given up', async () => {
    const { url, place } = await evening('lost');
    rmSync(join(place, 'people', 'club', 'keys'), { recursive: true });
    expect(await gamesOf(url)).toContain('a player whose key is missing');
    expect(await gamesOf(url)).not.toContain('forgotten');
    const { code, output } = await run('src/terminal/forget-main.ts', ['--missing', '--yes'], { EVENT_STORE: url });
    expect(output).toContain('They count as forgotten now.');
    expect(code).toBe(0);
    expect(await gamesOf(url)).toContain('a forgotten player');
    expect(filesWith(place, 'Annabel').filter((file) => /read-models|snapshots/.test(file))).toEqual([]);
    await forget(url, 'Annabel', '--yes');
    expect(filesWith(place, 'Annabel')).toEqual([]);
  });

  test('while a key is missing, nobody can tell whether a name is among the unreadable ones, so nothing is done', async () => {
    const { url, place } = await evening('unreadable');
    rmSync(join(place, 'people', 'club', 'keys'), { recursive: true });
    const { code, output } = await forget(url, 'Annabel', '--yes');
    expect(output).toContain('"Annabel" may be one of them.');
    expect(code).toBe(1);
  });

  test('in the rows of a subscriber, a name is replaced where it is a name, and not in streams and ids', () => {
    const file = join(folder, 'subscriber.db');
    const rows = {
      sentence: { text: 'game has won, and the game is over.' },
      stream: { stream: 'game-t1-match-2', type: 'game', career: 'career-game', other: 'career-game 2' },
    };
    const code = `
      import { openModel } from './src/read-models/model.ts';
      const model = openModel(${JSON.stringify(file)});
      for (const [key, row] of Object.entries(${JSON.stringify(rows)})) model.table('rows').set(key, row);
      model.table('members').set('game', { won: 1 });
      model.checkpoint = { position: 7n, stream: 'game-t1-match-2', revision: 2n, id: crypto.randomUUID() };
      model.close();`;
    // Another program has written it: a file that is open cannot be rewritten.
    execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], { cwd: root });
    emptyCopy({ file, work: 'rewrite' }, 'game', 'somebody (1)');

    const after = openModel(file);
    expect(after.checkpoint?.stream).toBe('game-t1-match-2');
    expect(after.table('rows').get('sentence')).toEqual({
      text: 'somebody (1) has won, and the somebody (1) is over.',
    });
    expect(after.table('rows').get('stream')).toEqual({
      stream: 'game-t1-match-2',
      type: 'somebody (1)',
      career: 'career-somebody (1)',
      other: 'career-game 2',
    });
    expect(after.table('members').get('somebody (1)')).toEqual({ won: 1 });
    expect(after.table('members').get('game')).toBeUndefined();
    after.close();
  });

  test.each([
    [
      'an event store that does not exist',
      `sqlite:${join(folder, 'none.db')}`,
      ['Ann', '--yes'],
      1,
      'There is no event store',
    ],
    ['an invalid event store', 'nonsense', ['Ann', '--yes'], 2, 'EVENT_STORE: "nonsense" is not the URL'],
    [
      'a store in memory',
      'memory:',
      ['Ann', '--yes'],
      0,
      'A store in memory forgets everything when its program ends.',
    ],
    ['a name with --missing', 'memory:', ['Ann', '--missing'], 2, 'It does not take a name, such as Ann.'],
    ['no name', 'memory:', [], 2, 'Usage: npm run forget'],
  ] as const)('%s gets a sentence and an exit code', async (_, url, args, wanted, sentence) => {
    const { code, output } = await forget(url, ...args);
    expect(output).toContain(sentence);
    expect(output).not.toContain('    at ');
    expect(code).toBe(wanted);
  });
});

/** The club after an evening of Annabel, Bob, Carol and Dave. The first game has names in plain. */
async function evening(title: string) {
  const place = join(folder, title, '.data');
  cpSync(await firstEvening(), place, { recursive: true });
  return { url: `sqlite:${join(place, 'club.db')}`, place };
}

let made: Promise<string> | undefined;

/** One evening for all tests: a killed program has left these files. */
function firstEvening(): Promise<string> {
  return (made ??= (async () => {
    const place = join(folder, 'first', '.data');
    mkdirSync(place, { recursive: true });
    const args = [`sqlite:${join(place, 'club.db')}`, 'plain', 'Annabel', 'Bob', 'Carol', 'Dave'];
    const { output } = await run('tests/privacy/evening.ts', args);
    expect(output).toBe('');
    return place;
  })());
}

/** All events, read by another program: this one would keep the files open. */
async function gamesOf(url: string): Promise<string> {
  return (await run('tests/privacy/print-events.ts', [url])).output;
}
