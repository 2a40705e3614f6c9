import type { FileText } from '../../messages.ts';
import { isProblem, readFile, runTests, saveFile } from '../api.ts';
import { now, tell, update } from '../state.ts';
import { setAside } from './drafts.ts';
import { baseOf, isUnsaved, noteSaved, openPaths, replaceText, scope, textOf } from './files.ts';

const underWay = new Map<string, Promise<boolean>>();

/** Saves what is unsaved, and lets the tests run. @returns whether all is saved */
export async function saveAndTest(): Promise<boolean> {
  const paths = [...now().unsaved];
  if (paths.length === 0) {
    const answer = await runTests();
    if (isProblem(answer)) tell(answer.detail, true);
    return true;
  }
  return saveAll();
}

/** Saves what is unsaved. @returns whether all is saved */
export async function saveAll(): Promise<boolean> {
  update({ isSaving: true, isAtStep: true, notice: undefined });
  const results: boolean[] = [];
  for (const path of now().unsaved) results.push(await save(path));
  update({ isSaving: false });
  return results.every(Boolean);
}

/**
 * Saves a file. A file that somebody else has changed meanwhile is not overwritten.
 *
 * @param base the hash of the text on the disk that the learner has seen
 */
async function save(path: string, base = baseOf(path) ?? ''): Promise<boolean> {
  const first = underWay.get(path);
  if (first !== undefined) await first;
  const saving = saveOnce(path, base === '' || first === undefined ? base : (baseOf(path) ?? base));
  underWay.set(path, saving);
  try {
    return await saving;
  } finally {
    if (underWay.get(path) === saving) underWay.delete(path);
  }
}

async function saveOnce(path: string, base: string): Promise<boolean> {
  const sent = textOf(path);
  if (sent === undefined) return true;
  const answer = await saveFile(path, sent.toString(), base);
  if (isProblem(answer)) {
    if (answer.code === 'conflict' && answer.current !== undefined) offer(answer.current);
    else tell(answer.detail, true);
    return false;
  }
  // What was typed meanwhile stays, and is formatted with the next save.
  if (textOf(path)?.eq(sent) === true) replaceText(path, answer.text, 'disk');
  noteSaved(answer);
  settle(path);
  return true;
}

/** A file on the disk has another content than before. */
export async function onFileChanged({ path, hash }: { readonly path: string; readonly hash: string }): Promise<void> {
  await underWay.get(path);
  update({ changes: now().changes + 1 });
  if (textOf(path) === undefined || baseOf(path) === hash) return;
  const answer = await readFile(path);
  if (!isProblem(answer)) takeIn(answer);
}

/** After the connection was lost, each open file may have changed. */
export async function compareAllFiles(): Promise<void> {
  for (const path of openPaths()) {
    await underWay.get(path);
    const answer = await readFile(path);
    if (!isProblem(answer)) takeIn(answer);
  }
}

function takeIn(file: FileText): void {
  const { path, hash } = file;
  if (baseOf(path) === hash) return;
  if (isUnsaved(path)) {
    offer(file);
    return;
  }
  replaceText(path, file.text, 'disk');
  noteSaved(file);
  tell(`${path} was changed outside of this page. You see the new text.`);
}

function offer(current: FileText): void {
  update({ conflicts: new Map(now().conflicts).set(current.path, current) });
}

function settle(path: string): void {
  const conflicts = new Map(now().conflicts);
  if (conflicts.delete(path)) update({ conflicts });
}

/** Keeps the learner's version, which may have been edited once more. */
export async function keepMine(theirs: FileText, mine: string): Promise<boolean> {
  replaceText(theirs.path, mine, 'typed');
  return save(theirs.path, theirs.hash);
}

/** Takes the version on the disk. The learner's own is set aside. */
export function takeTheirs(theirs: FileText): void {
  const mine = textOf(theirs.path)?.toString();
  if (mine !== undefined) setAside(scope(), theirs.path, mine);
  replaceText(theirs.path, theirs.text, 'disk');
  noteSaved(theirs);
  settle(theirs.path);
  tell(`You have taken the version on the disk. Yours is listed under "Earlier versions" of ${theirs.path}.`);
}
