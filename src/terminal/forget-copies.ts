import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { rewriteFile } from './rewrite-file.ts';
import { namesFile } from '../privacy/open-people.ts';
import { dataFolder } from '../read-models/state-file.ts';
import { splitAtNames } from '../pseudonyms/hide-names.ts';
import { personalStream } from '../pseudonyms/personal.ts';
import { contains, formsOf } from './name-bytes.ts';

/** A file with something that was copied from the events, and what is done with it. */
export type Copy = { readonly file: string; readonly work: 'delete' | 'rewrite' };

/** SQLite keeps the latest commits beside a file. */
const beside = ['', '-wal', '-shm', '-journal'];

/** The folders of what follows from the events of a store: read models, subscribers, … */
export function copyFolders(url: string): readonly string[] {
  const data = dataFolder(url);
  const people = dirname(namesFile(url));
  if (!existsSync(data)) return [];
  const [, ...place] = relative(data, people).split(sep); // of people/STORE, the same in all folders
  const folders = readdirSync(data).map((kind) => join(data, kind, ...place));
  return folders.filter((folder) => folder !== people && existsSync(folder));
}

/**
 * The files that have a name in them. Read models and snapshots follow from the events, so they are
 * deleted. A subscriber has to know what it has done, so only the name goes.
 */
export function copiesWith(url: string, name: string, others: readonly string[]): readonly Copy[] {
  return copyFolders(url).flatMap((folder) => {
    const [kind] = relative(dataFolder(url), folder).split(sep);
    const work = kind === 'subscribers' ? 'rewrite' : 'delete';
    const files = readdirSync(folder).map((file) => join(folder, file));
    const found = files.filter((file) => statSync(file).isFile() && contains(file, name, others));
    const mains = new Set(found.map((file) => file.replace(/-(?:wal|shm|journal)$/, '')));
    return [...mains].map((file) => ({ file, work: file.includes('.unusable') ? ('delete' as const) : work }));
  });
}

/** Deletes all files that follow from the events alone: read models and snapshots. */
export function deleteDerived(url: string): void {
  for (const folder of copyFolders(url)) {
    if (relative(dataFolder(url), folder).split(sep)[0] === 'subscribers') continue;
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { name } of files) rmSync(join(folder, name), { force: true });
  }
}

/** Removes the name from a copy. It can end at any point, and be called again. */
export function emptyCopy({ file, work }: Copy, name: string, substitute: string): void {
  const forms = formsOf(name);
  const replaced = (text: string) =>
    splitAtNames(text, forms)
      .map((part) => (forms.includes(part) ? substitute : part))
      .join('');
  const inRow = (text: string) => {
    const [before, owner] = personalStream(text) ?? [];
    if (before !== undefined && owner !== undefined) return forms.includes(owner) ? before + substitute : text;
    return identifier.test(text) && !forms.includes(text) ? text : replaced(text);
  };
  if (work === 'delete') for (const part of beside) rmSync(file + part, { force: true });
  else if (file.endsWith('.db')) {
    rewriteFile(file, (database) => {
      replaceInRows(database, inRow);
    });
  } else {
    writeFileSync(`${file}.new`, replaced(readFileSync(file, 'utf8')), { flush: true });
    renameSync(`${file}.new`, file);
  }
}

/** An id, a stream, or a type. That of a game may contain a name by chance. */
const identifier = /^[\w.:@/-]+$/;

type Database = Parameters<Parameters<typeof rewriteFile>[1]>[0];
type Row = { readonly name: string; readonly key: string; readonly json: string };

function replaceInRows(database: Database, replaced: (text: string) => string): void {
  const update = database.prepare('UPDATE OR REPLACE rows SET key = ?, json = ? WHERE name = ? AND key = ?');
  for (const { name, key, json } of database.prepare('SELECT name, key, json FROM rows').all() as readonly Row[]) {
    const changed = JSON.stringify(replacedIn(JSON.parse(json), replaced));
    if (changed !== json || replaced(key) !== key) update.run(replaced(key), changed, name, key);
  }
  const setStream = database.prepare('UPDATE checkpoint SET stream = ?');
  const checkpoint = database.prepare('SELECT stream FROM checkpoint').get() as { stream: string } | undefined;
  if (checkpoint !== undefined) setStream.run(replaced(checkpoint.stream));
}

/** JSON with other texts. */
function replacedIn(json: unknown, replaced: (text: string) => string): unknown {
  if (typeof json === 'string') return replaced(json);
  if (Array.isArray(json)) return json.map((one) => replacedIn(one, replaced));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, replacedIn(value, replaced)]));
}
