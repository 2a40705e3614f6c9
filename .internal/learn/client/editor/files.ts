import { forceLinting } from '@codemirror/lint';
import { Annotation, EditorState, Transaction, type StateEffect, type Text } from '@codemirror/state';
import { EditorView, type ViewUpdate } from '@codemirror/view';

import type { FileText } from '../../messages.ts';
import { isProblem, readFile } from '../api.ts';
import { now, tell, update } from '../state.ts';
import { styleNonce } from '../page-facts.ts';
import { dropDraft, findDraft, keepDraft } from './drafts.ts';
import { minimalChanges, unixLines } from './minimal-changes.ts';
import { editingSetup, refreshTab } from './setup.ts';
import { theme } from './theme.ts';

/** A file that was opened. Its state stays, so that undo survives a change of tabs. */
type OpenFile = {
  readonly path: string;
  state: EditorState;
  /** The text on the disk as the learner knows it, and its hash. */
  saved: Text;
  base: string;
  scroll?: StateEffect<unknown>;
};

const files = new Map<string, OpenFile>();
let view: EditorView | undefined;
let shown: OpenFile | undefined;

/** A change that comes from the disk and not from the learner. */
const fromDisk = Annotation.define<boolean>();

/** Drafts of two branches do not meet. */
export const scope = () => now().place?.branch ?? now().place?.id ?? '';

export function editorView(): EditorView | undefined {
  return view;
}

/** Puts the editor into the page. */
export function mountEditor(parent: HTMLElement): void {
  view = new EditorView({ parent, state: noFile() });
  if (shown !== undefined) show(shown);
}

/** The text of a file in the editor. */
export function textOf(path: string): Text | undefined {
  return stateOf(path)?.doc;
}

export function baseOf(path: string): string | undefined {
  return files.get(path)?.base;
}

export function isUnsaved(path: string): boolean {
  const file = files.get(path);
  return file !== undefined && !(stateOf(path)?.doc ?? file.saved).eq(file.saved);
}

/** Forgets all files, after a switch to another exercise. Drafts stay. */
export function forgetFiles(): void {
  files.clear();
  shown = undefined;
  view?.setState(noFile());
  update({ tabs: [], path: undefined, unsaved: new Set(), conflicts: new Map() });
}

/** Before a file is open. The styles of the editor need the nonce from the first moment on. */
function noFile(): EditorState {
  return EditorState.create({ extensions: [EditorView.cspNonce.of(styleNonce), EditorView.editable.of(false), theme] });
}

/** Reads a file, and its draft if there is one. */
export async function loadFile(path: string): Promise<void> {
  if (files.has(path)) return;
  const branch = scope();
  const answer = await readFile(path);
  if (isProblem(answer)) {
    tell(answer.detail, true);
    return;
  }
  const draft = await findDraft(branch, path);
  if (branch !== scope() || files.has(path)) return;
  files.set(path, newFile(answer));
  if (draft !== undefined) restore(draft.text, draft.base, answer);
}

/** Opens a file in the editor. @returns its view, or `undefined` if it cannot be opened */
export async function openFile(path: string): Promise<EditorView | undefined> {
  await loadFile(path);
  const file = files.get(path);
  if (file === undefined) return undefined;
  show(file);
  const tabs = now().tabs.includes(path) ? now().tabs : [...now().tabs, path];
  update({ path, tabs, unsaved: unsavedFiles() });
  return view;
}

/** Puts an unsaved text back that was kept before a reload or a crash. */
function restore(text: string, base: string, onDisk: FileText): void {
  const { path } = onDisk;
  if (text === unixLines(onDisk.text)) {
    dropDraft(scope(), path);
    return;
  }
  replaceText(path, text, 'typed');
  tell(`Your unsaved text of ${path} is back.`);
  if (base !== onDisk.hash) update({ conflicts: new Map(now().conflicts).set(path, onDisk) });
}

function newFile({ path, text, hash }: FileText): OpenFile {
  const isWritable = now().place?.files.some((file) => file.path === path && file.isWritable) ?? false;
  const extensions = [
    editingSetup(path, isWritable),
    EditorView.updateListener.of((event) => {
      onUpdate(path, event);
    }),
  ];
  const state = EditorState.create({ doc: unixLines(text), extensions });
  return { path, state, saved: state.doc, base: hash };
}

function show(file: OpenFile): void {
  if (shown === file && view?.state === stateOf(file.path)) return;
  if (view !== undefined && shown !== undefined && shown !== file) {
    shown.state = view.state;
    shown.scroll = view.scrollSnapshot();
  }
  shown = file;
  view?.setState(file.state);
  if (view !== undefined) refreshTab(view);
  if (file.scroll !== undefined) view?.dispatch({ effects: file.scroll });
}

function stateOf(path: string): EditorState | undefined {
  return shown?.path === path && view !== undefined ? view.state : files.get(path)?.state;
}

function onUpdate(path: string, { docChanged, transactions, state }: ViewUpdate): void {
  const file = files.get(path);
  if (!docChanged || file === undefined) return;
  if (transactions.some((transaction) => transaction.annotation(fromDisk) !== true)) noteText(file, state.doc);
}

/** Keeps a draft while the text is not saved. The page is drawn only when that changes. */
function noteText({ path, base, saved }: OpenFile, text: Text): void {
  const isSaved = text.eq(saved);
  if (isSaved) dropDraft(scope(), path);
  else if (!keepDraft(scope(), path, text.toString(), base))
    tell('This browser keeps no drafts: its storage is full or forbidden. Save often.', true);
  if (now().unsaved.has(path) === isSaved) update({ unsaved: unsavedFiles() });
}

function unsavedFiles(): ReadonlySet<string> {
  return new Set([...files.keys()].filter(isUnsaved));
}

/**
 * Puts another text into the editor, and keeps the cursor and what can be undone.
 *
 * @param origin 'typed' for a text that is not saved
 */
export function replaceText(path: string, text: string, origin: 'typed' | 'disk'): void {
  const file = files.get(path);
  const before = stateOf(path);
  if (file === undefined || before === undefined) return;
  const spec = {
    changes: minimalChanges(before.doc, text),
    annotations: [fromDisk.of(origin === 'disk'), Transaction.addToHistory.of(true)],
  };
  if (shown === file && view !== undefined) view.dispatch(spec);
  else file.state = before.update(spec).state;
  if (origin === 'typed') noteText(file, stateOf(path)?.doc ?? before.doc);
}

/** The file on the disk is known now: it has been saved, or somebody else has changed it. */
export function noteSaved({ path, text, hash }: FileText): void {
  const file = files.get(path);
  if (file === undefined) return;
  file.base = hash;
  file.saved = file.state.toText(unixLines(text));
  noteText(file, stateOf(path)?.doc ?? file.saved);
  update({ unsaved: unsavedFiles() });
  if (view !== undefined) forceLinting(view);
}

/** The files that are open. */
export function openPaths(): readonly string[] {
  return [...files.keys()];
}
