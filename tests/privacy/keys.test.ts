import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { keyFiles } from '../../src/privacy/key-files.ts';
import { keysIn, type Keys } from '../../src/privacy/keys.ts';
import { personOf, rotate } from '../../src/privacy/people.ts';
import { atEveryEnd, untilTheEnd } from '../support/faults.ts';
import { club, openedAgain, pulledPeople } from '../support/privacy.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = new Date('2026-05-04T12:00:00Z');

describe.each<[string, () => Keys]>([
  ['in memory', () => keysIn(new Map())],
  ['in files', () => keyFiles(join(mkdtempSync(join(folder, 'contract-')), 'keys'))],
])('keys %s', (_, open) => {
  test('a key is made once, and read', () => {
    const keys = open();
    expect(keys.read('ann')).toEqual({ state: 'missing' });
    const key = keys.create('ann');
    expect(key).toHaveLength(32);
    expect(keys.read('ann')).toEqual({ state: 'has a key', keys: [key] });
    expect(() => keys.create('ann')).toThrow('ann has a key already, or had one.');
    expect(keys.create('bob')).not.toEqual(key);
  });

  test('keys are replaced', () => {
    const keys = open();
    const [old, other] = [keys.create('ann'), randomBytes(32)];
    keys.replace('ann', [other, old]);
    expect(keys.read('ann')).toEqual({ state: 'has a key', keys: [other, old] });
  });

  test('a forgotten key says when it was forgotten, and is not made again', () => {
    const keys = open();
    keys.create('ann');
    keys.forget('ann', at);
    expect(keys.read('ann')).toEqual({ state: 'forgotten', at: at.toISOString() });
    expect(() => keys.create('ann')).toThrow();
  });
});

describe('the files of the keys', () => {
  const place = join(folder, 'files');

  test.skipIf(process.platform === 'win32')('only their owner may read them (Windows has no such rights)', () => {
    const keys = keyFiles(place);
    keys.create('ann');
    expect(statSync(join(place, 'ann.json')).mode & 0o777).toBe(0o600);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    keys.forget('ann', at);
    expect(statSync(join(place, 'ann.json')).mode & 0o777).toBe(0o600);
  });

  test('a forgotten key leaves no bytes, not even in what a crash has left', () => {
    const keys = keyFiles(place);
    const key = keys.create('bob').toString('base64');
    writeFileSync(join(place, 'bob.json.new'), JSON.stringify({ keys: [key] }));
    keys.forget('bob', at);
    const texts = readdirSync(place).map((file) => readFileSync(join(place, file), 'utf8'));
    expect(texts.some((text) => text.includes(key))).toBe(false);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a file that may not be read is an error, and not a lost key (root and Windows may read it)',
    () => {
      const keys = keyFiles(place);
      keys.create('carol');
      chmodSync(join(place, 'carol.json'), 0);
      expect(() => keys.read('carol')).toThrow('EACCES');
    },
  );
});

test('a new key replaces the old one, wherever the program ends', async () => {
  await atEveryEnd(async (plug) => {
    const made = club('Ann');
    const [ann = ''] = made.ids;
    const before = made.texts.get(ann) ?? '';
    await untilTheEnd(plug, async () => {
      rotate(pulledPeople(made, plug), ann, randomBytes(32));
    });
    expect(personOf(openedAgain(made), ann).name).toBe('Ann');
    rotate(openedAgain(made), ann, randomBytes(32));
    expect(personOf(openedAgain(made), ann).name).toBe('Ann');
    const [oldKey = ''] = (JSON.parse(before) as { keys: string[] }).keys;
    expect(made.texts.get(ann)).not.toContain(oldKey);
  });
});
