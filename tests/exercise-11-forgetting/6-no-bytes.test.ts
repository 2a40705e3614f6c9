import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'libsql';
import { afterAll } from 'vitest';

import { FileInUseError, rewriteFile } from '../../src/terminal/rewrite-file.ts';
import { StepOpenError } from '../../src/todo.ts';
import { placeOf, WrongAnswerError } from '../support/explain.ts';
import { step } from '../support/step.ts';

const folder = mkdtempSync(join(tmpdir(), 'no-bytes-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const name = 'Annabel Müller';

step('11.6', 'a changed text leaves no bytes: not in rows, and not in free pages', () => {
  const file = newFile('rows');
  rewriteFile(file, replace);
  expectNoBytes(file, 'A name was replaced in all rows.');
  expectRows(file, 'somebody', 200, 'A name was replaced in all rows.');
});

step('11.6', 'rows that were deleted before leave no bytes', () => {
  const file = newFile('deleted', `DELETE FROM rows WHERE key < 190`);
  rewriteFile(file, replace);
  expectNoBytes(file, 'Most rows had been deleted before.');
});

step('11.6', 'the write-ahead log of a killed program leaves no bytes, and nothing of it is lost', () => {
  const file = killed(newFile('killed'), "UPDATE rows SET text = text || ' of the club'");
  rewriteFile(file, replace);
  expectNoBytes(file, 'A program was killed before. Its last writes were in the write-ahead log.');
  expectRows(
    file,
    'somebody of the club',
    200,
    'A program was killed before. Its last writes were in the write-ahead log.',
  );
});

step('11.6', 'while another program has the file open, nothing is changed, and the error says so', () => {
  const file = newFile('open');
  const other = new Database(file);
  other.exec('PRAGMA journal_mode = WAL; BEGIN; UPDATE rows SET text = text; COMMIT');
  let error: Error | undefined;
  try {
    rewriteFile(file, replace);
  } catch (thrown) {
    if (thrown instanceof StepOpenError) throw thrown;
    error = thrown as Error;
  } finally {
    other.close();
  }
  if (!(error instanceof FileInUseError))
    throw wrong(
      `Another program has the file open: expected FileInUseError, but ${error === undefined ? 'no error was thrown' : `${String(error)} was thrown`}. What that program keeps would stay.`,
    );
  expectRows(file, name, 200, 'Another program had the file open.');
});

step('11.6', 'an error on the way changes nothing, and is passed on', () => {
  const file = newFile('error');
  const trouble = new Error('No luck.');
  let error: unknown;
  try {
    rewriteFile(file, (database) => {
      replace(database);
      throw trouble;
    });
  } catch (thrown) {
    if (thrown instanceof StepOpenError) throw thrown;
    error = thrown;
  }
  if (error !== trouble) throw wrong(`The work threw an error. It must be passed on, but ${String(error)} came.`);
  expectRows(file, name, 200, 'The work threw an error.');
});

step('11.6', 'a program that ends in the middle has changed nothing, or everything', () => {
  const file = newFile('middle');
  const copy = join(folder, 'middle-copy.db');
  rewriteFile(file, (database) => {
    database.exec("UPDATE rows SET text = 'somebody' WHERE key < 100");
    copyAll(file, copy); // what the disk has at this moment
    replace(database);
  });
  expectRows(copy, name, 200, 'The program ended when half of the rows were changed, and the file was opened again.');
  rewriteFile(copy, replace);
  expectNoBytes(copy, 'The program ended in the middle, and was started again.');
});

step('11.6', 'afterward, the file can be used as before', () => {
  const file = newFile('after');
  rewriteFile(file, replace);
  const database = new Database(file);
  try {
    database.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = WAL; UPDATE rows SET text = 'used'");
  } catch (error) {
    throw wrong(`The file cannot be used any more: ${String(error)}. Is it closed?`);
  } finally {
    database.close();
  }
});

function replace(database: Database.Database): void {
  database.exec(`UPDATE rows SET text = replace(text, '${name}', 'somebody')`);
}

/** A file with 200 rows that have the name, as programs use it: with a write-ahead log. */
function newFile(title: string, more = ''): string {
  const file = join(folder, `${title}.db`);
  const database = new Database(file);
  // No statement is prepared: libsql would keep the file open until they are collected.
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF;
    CREATE TABLE rows (key INTEGER PRIMARY KEY, text TEXT NOT NULL, filler TEXT NOT NULL) STRICT;
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 199)
    INSERT INTO rows SELECT n, '${name}', hex(zeroblob(100)) FROM numbers; ${more}`);
  database.close();
  return file;
}

/** The file as a killed program leaves it, after one more statement. */
function killed(file: string, statement: string): string {
  const database = new Database(file);
  database.exec(`PRAGMA journal_mode = WAL; ${statement}`);
  const copy = file.replace(/\.db$/, '-killed.db');
  copyAll(file, copy);
  database.close();
  return copy;
}

function copyAll(file: string, copy: string): void {
  for (const part of ['', '-wal', '-shm', '-journal'])
    if (existsSync(file + part)) copyFileSync(file + part, copy + part);
}

function expectNoBytes(file: string, story: string): void {
  const start = file.slice(folder.length + 1).replace(/\.db$/, '.db');
  const found = readdirSync(folder).filter(
    (one) => one.startsWith(start) && readFileSync(join(folder, one)).includes(name),
  );
  if (found.length > 0) throw wrong(`${story} The bytes of the name are still in ${found.join(', ')}.`);
}

function expectRows(file: string, text: string, count: number, story: string): void {
  const copy = `${file.replace(/\.db$/, '')}-seen.db`;
  copyAll(file, copy); // looking must not change the file
  const database = new Database(copy);
  const rows = database.prepare('SELECT text, count(*) AS rows FROM rows GROUP BY text').all() as {
    text: string;
    rows: number;
  }[];
  const seen = rows.map((row) => `${row.rows} × "${row.text}"`).join(', ');
  if (seen !== `${count} × "${text}"`) throw wrong(`${story} Expected ${count} × "${text}", but the rows are ${seen}.`);
}

function wrong(sentence: string): Error {
  return new WrongAnswerError(sentence, placeOf('src/terminal/rewrite-file.ts', 'rewriteFile'));
}
