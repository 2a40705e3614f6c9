import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { listFiles } from './files.ts';

const root = join(import.meta.dirname, '..', '..');
const isText = /\.(?:tsx?|mjs|js|css|html|yml|md|json)$/;
/** This file has the phrases, and npm writes the other one. */
const excluded = /english\.test\.ts$|package-lock\.json$/;

/** A phrase that plain English avoids, and what to write instead. */
type Habit = { readonly phrase: RegExp; readonly instead: string };

/** A place with such a phrase, or with a comment line that is too long. */
type Finding = { readonly line: number; readonly found: string; readonly instead: string };

const habits: readonly Habit[] = [
  { phrase: /\bwhoever\b/gi, instead: 'name the person or the program: "the learner", "another process"' },
  {
    phrase: /(?<=^|[.!:;] |['"`(_|] ?)Who\s(?![^.!?;|]{0,150}\?)[^.!?;|\n]*/gm,
    instead: 'name the subject: "a slow reader skips lists", not "who is slow skips lists"',
  },
  {
    phrase: /(?<!\b[Tt]here\s)\b(?:is|are|was|were)\sno\s(?!longer\b|more than\b)\p{L}+/gu,
    instead: '"is not a …", "are not …"',
  },
  { phrase: /\bunless\stold\b/gi, instead: '"default: …"' },
  { phrase: /\bso\smany\b/gi, instead: 'the number: "the first two appends"' },
  { phrase: /\bnothing\sbut\b/gi, instead: '"only"' },
  { phrase: /\bas\sin\s(?=['"`])/gi, instead: '"for example"' },
  { phrase: /\bone['’]s\sown\b/gi, instead: '"the learner’s own"' },
  { phrase: /\b(?:is|are|was|were)\sin\sthe\sway\b/gi, instead: '"blocks …"' },
  { phrase: /\ball\sthe\ssame\b/gi, instead: '"anyway"' },
  { phrase: /\bto\sthe\sletter\b/gi, instead: '"exactly"' },
  { phrase: /\bin\svain\b/gi, instead: 'what happened: "timed out while waiting for …"' },
  { phrase: /\bthe\smore\sso\b|\bin\sthe\ssame\sbreath\b/gi, instead: 'a separate, short sentence' },
];

/** The beginning of a test: a call with a name, a name for each row, or a case of a table of tests. */
const testName =
  /(?:\b(?:test|it|step|there|describe|onUnix)(?:\.\w+)*\(\s*(?:'[\d.]+',\s*)?|\]\)\(\s*|^ {2,4}(?=.*['"`]: (?:async )?\())(['"`])(?:who|whoever|what)\b[^'"`\n]*\1/gim;

const comment = /^\s*(?:\/\/|\/?\*+(?=\s)|#(?=\s)|<!--)/;
const unbreakable = /\S{60}/;

test('comments, messages, test names and pages are in plain English', () => {
  const paths = listFiles(root).filter((path) => isText.test(path) && !excluded.test(path));
  const findings = paths.flatMap((path) =>
    findHabits(path, readFileSync(join(root, path), 'utf8')).map(
      ({ line, found, instead }) => `${path}:${line} has "${found}". Write ${instead}.`,
    ),
  );
  expect(paths.length).toBeGreaterThan(100);
  expect(findings).toEqual([]);
});

describe('the search for phrases', () => {
  test.each([
    ['a relative clause as the subject', '// Who is slow misses lists.', 'Who is slow misses lists'],
    ['the same after a sentence', '// Lists are sent. Who is slow misses them.', 'Who is slow misses them'],
    ['whoever', "throw new Error('ask whoever began it');", 'whoever'],
    ['"is no" before a noun', '/** It is no database. */', 'is no database'],
    ['"are no" before a noun', 'They are no events.', 'are no events'],
    ['a phrase across two lines', ' * This is no\n * event.', 'is no event'],
    ['"unless told"', '// all of them, unless told', 'unless told'],
    ['"so many"', '// after so many attempts', 'so many'],
    ['"as in" before an example', "/** @param step as in '2.3' */", 'as in'],
    ['a long comment line', `  // ${'word '.repeat(20)}`, `// ${'word '.repeat(20)}`.slice(0, 60)],
    ['a test name with who', "test('who moves first wins', () => {", "test('who moves first wins'"],
    [
      'a test name on its own line',
      "step(\n  '1.3',\n  'what was stored is read',",
      "step( '1.3', 'what was stored is read'",
    ],
    ['a name for each row', "])('what comes is %s', () => {", "])('what comes is %s'"],
    ['a name in a table of tests', "  'what is stored comes back': async () => {", "'what is stored comes back'"],
  ])('finds %s', (_, text, found) => {
    expect(findHabits('file.ts', text).map((finding) => finding.found)).toEqual([found]);
  });

  test.each([
    ['a question', '"Who reads the code of the rule?" A program does.'],
    ['a question over two lines', '// Who learns about it when\n// the disk is full?'],
    ['who after a noun', '// a player who has moved'],
    ['"there is no"', '// There is no such game, and there are no events.'],
    ['"is no longer"', '// It is no longer there.'],
    ['"as in" without an example', '// as in the exercise before'],
    ['a long line of Markdown in code', `**Compare** ${'word '.repeat(25)}`],
    ['a long line of code', `const text = '${'word '.repeat(25)}';`],
    ['a comment with a word that cannot be broken', `// see https://example.com/${'x'.repeat(100)}`],
    ['what within a test name', "test('says what is wrong', () => {"],
  ])('accepts %s', (_, text) => {
    expect(findHabits('file.ts', text)).toEqual([]);
  });

  test('names the line', () => {
    expect(findHabits('page.md', '# one\n\n\ntwo so many')).toMatchObject([{ line: 4 }]);
    expect(findHabits('a.test.ts', "\n\ntest('what is it', () => {})")).toMatchObject([{ line: 3 }]);
  });
});

/** Every place of a text with such a phrase, or with a comment line that is too long. */
function findHabits(path: string, text: string): readonly Finding[] {
  const prose = text.replace(/^[^\S\n]*(?:\/\*\*?|\*\/?|\/\/|#+|>|-)?[^\S\n]*/gm, '');
  const phrases = habits.flatMap(({ phrase, instead }) => search(prose, phrase, instead));
  const names = /\.tsx?$/.test(path) ? search(text, testName, 'a test name that says what the code does') : [];
  return [...phrases, ...names, ...longComments(path, text)];
}

function search(text: string, phrase: RegExp, instead: string): readonly Finding[] {
  return [...text.matchAll(phrase)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    found: match[0].replaceAll(/\s+/g, ' ').trim(),
    instead,
  }));
}

function longComments(path: string, text: string): readonly Finding[] {
  if (/\.(?:md|json)$/.test(path)) return [];
  const instead = 'comment lines of at most 100 characters';
  return text.split('\n').flatMap((line, index) => {
    const isLong = line.length > 100 && comment.test(line) && !unbreakable.test(line);
    return isLong ? [{ line: index + 1, found: line.trim().slice(0, 60), instead }] : [];
  });
}
