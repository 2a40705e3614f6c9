import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { afterAll, describe, expect, test } from 'vitest';

import { tryToTakeLease } from '../../src/read-models/lease.ts';
import { ModelError, openModel } from '../../src/read-models/model.ts';
import { moveAside } from '../../src/read-models/move-aside.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let files = 0;
const newFile = () => join(folder, `${(files += 1)}.db`);
const checkpoint = { position: 2n ** 62n + 1n, stream: 'game-g1', revision: 3n, id: 'an id' };

type Row = { readonly text: string };

describe('a table', () => {
  test('keeps rows by their keys, apart from other tables', () => {
    const model = openModel(':memory:');
    const [one, other] = [model.table<Row>('one'), model.table<Row>('other')];
    for (const key of ['b', 'constructor', 'a']) one.set(key, { text: key });
    one.set('b', { text: 'new' });
    other.set('b', { text: 'other' });
    expect(one.get('b')).toEqual({ text: 'new' });
    expect(one.get('toString')).toBeUndefined();
    expect(one.values().map(({ text }) => text)).toEqual(['a', 'new', 'constructor']);
    one.delete('b');
    one.delete('nothing');
    expect(one.get('b')).toBeUndefined();
    expect(other.get('b')).toEqual({ text: 'other' });
  });

  test('returns copies: a row changes only by set', () => {
    const table = openModel(':memory:').table<{ text: string }>('one');
    const row = { text: 'set' };
    table.set('a', row);
    row.text = 'changed';
    const read = table.get('a');
    if (read !== undefined) read.text = 'changed';
    expect(table.get('a')).toEqual({ text: 'set' });
  });
});

describe('a model in a file', () => {
  test('has its rows and its checkpoint when it is opened again', () => {
    const file = newFile();
    const before = openModel(file);
    before.table<Row>('one').set('a', { text: 'kept' });
    before.checkpoint = checkpoint;
    before.close();
    before.close();
    const model = openModel(file);
    expect(model.table('one').get('a')).toEqual({ text: 'kept' });
    expect(model.checkpoint).toEqual(checkpoint);
    model.clear();
    expect(model.table('one').values()).toEqual([]);
    expect(model.checkpoint).toBeUndefined();
    model.close();
  });

  test('stores all that a transaction writes, or nothing', () => {
    const model = openModel(newFile());
    const write = (fails: boolean) => () => {
      model.transaction(() => {
        model.table<Row>('one').set('a', { text: 'row' });
        model.transaction(() => (model.checkpoint = checkpoint));
        if (fails) throw new Error('no');
      });
    };
    expect(write(true)).toThrow('no');
    expect([model.table('one').get('a'), model.checkpoint]).toEqual([undefined, undefined]);
    write(false)();
    expect([model.table('one').get('a'), model.checkpoint]).toEqual([{ text: 'row' }, checkpoint]);
    model.close();
  });

  test('tells of changes by this program and by another one, and ends the wait by the signal', async () => {
    const file = newFile();
    const [model, other] = [openModel(file), openModel(file)];
    const { signal } = new AbortController();
    const own = model.changed(signal);
    model.table<Row>('one').set('a', { text: 'own' });
    await own;
    const theirs = model.changed(signal);
    other.checkpoint = checkpoint;
    await theirs;
    await model.changed(AbortSignal.abort());
    model.close();
    other.close();
  });
});

describe('a file that cannot be used', () => {
  test.each<[string, (file: string) => void, string, boolean]>([
    [
      'something else',
      (file) => {
        writeFileSync(file, 'This is a letter. '.repeat(100));
      },
      'it is not a database',
      true,
    ],
    [
      'a file of another version',
      (file) => {
        openModel(file, 2).close();
      },
      'it has version 2',
      true,
    ],
    [
      'a database of something else',
      (file) => {
        const database = new Database(file);
        database.exec('CREATE TABLE rows (a)');
        database.close();
      },
      'it is a database with something else',
      true,
    ],
    [
      'a folder that is a file',
      (file) => {
        writeFileSync(join(file, '..', 'a-file'), '');
      },
      'its folder is a file',
      false,
    ],
  ])('%s gets a sentence', (what, make, sentence, isUnusable) => {
    const file = newFile();
    make(file);
    const name = what === 'a folder that is a file' ? join(folder, 'a-file', 'model.db') : file;
    const error = errorOf(() => openModel(name));
    expect(error.message).toContain(`${name} cannot be used: ${sentence}`);
    expect(error.isUnusable).toBe(isUnusable);
  });

  test('a damaged page is reported when it is read', () => {
    const file = fullFile();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, 4096 * 3));
    const error = errorOf(() => openModel(file).table('one').values());
    expect(error).toMatchObject({ isUnusable: true, message: expect.stringContaining('it is damaged') as string });
  });

  test('a read-only file is reported when it is written', () => {
    const file = fullFile();
    const bytes = readFileSync(file);
    bytes[18] = 3; // a later version of SQLite may write it, and this one only reads it
    writeFileSync(file, bytes);
    const error = errorOf(() => {
      openModel(file).checkpoint = checkpoint;
    });
    expect(error).toMatchObject({ isUnusable: false, message: expect.stringContaining('it is read-only') as string });
  });

  test('a lease in a folder that is a file gets a sentence, too', () => {
    writeFileSync(join(folder, 'another-file'), '');
    const error = errorOf(() => tryToTakeLease(join(folder, 'another-file', 'model.db.lease')));
    expect(error.message).toContain('its folder is a file');
  });

  test('it is moved aside, and each time to another name', () => {
    const file = newFile();
    const names = ['first', 'second'].map((text) => {
      writeFileSync(file, text);
      writeFileSync(`${file}-wal`, text);
      return moveAside(file);
    });
    expect(names).toEqual([`${file}.unusable`, `${file}.unusable-2`]);
    expect(names.map((name) => readFileSync(name, 'utf8'))).toEqual(['first', 'second']);
    expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([false, false]);
  });
});

/** A model with some pages in its file, and nothing beside it. */
function fullFile(): string {
  const file = newFile();
  const model = openModel(file);
  model.transaction(() => {
    for (let row = 0; row < 300; row += 1) model.table<Row>('one').set(String(row), { text: 'x'.repeat(100) });
  });
  model.close();
  const database = new Database(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return file;
}

function errorOf(work: () => unknown): ModelError {
  try {
    work();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('No error was thrown.');
}
