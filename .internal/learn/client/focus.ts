import { EditorView } from '@codemirror/view';

import { openFile } from './editor/files.ts';
import { holeOf } from './editor/holes.ts';
import { now, update, type Column, type Panel } from './state.ts';
import { stepsOf } from './steps.ts';

/** Opens a file in the editor at the hole of a step, and puts the cursor there. */
export async function goToHole(path: string, step: string | undefined = now().step): Promise<void> {
  const view = await openAtHole(path, step);
  showColumn('editor');
  view?.focus();
}

/** The same, and the focus stays where it is. */
export async function openAtHole(path: string, step: string | undefined): Promise<EditorView | undefined> {
  const view = await openFile(path);
  const hole = view && step !== undefined ? holeOf(view.state.doc, step) : undefined;
  if (view !== undefined && hole !== undefined) moveCursor(view, hole);
  return view;
}

/** Opens a file in the editor at a line, counted from 1. */
export async function goToLine(path: string, line: number): Promise<void> {
  const view = await openFile(path);
  showColumn('editor');
  if (view === undefined) return;
  const { from, text } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  moveCursor(view, from + (text.length - text.trimStart().length));
  view.focus();
}

function moveCursor(view: EditorView, at: number): void {
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
}

/** The file in which a step is done: the one whose hole names it, or that its text links first. */
export function fileOfStep(number: string): string | undefined {
  const html = stepsOf(now()).find((step) => step.number === number)?.html ?? '';
  const named = [...html.matchAll(/data-file="([^"]+)"/g)].map(([, path = '']) => path);
  const writable = now().place?.files.filter(({ isWritable }) => isWritable) ?? [];
  return named.find((path) => writable.some((file) => file.path === path)) ?? writable[0]?.path;
}

/** Goes to a step: unfolds it, brings it into view, and opens its file. */
export async function goToStep(number: string): Promise<void> {
  update({ isAtStep: true });
  bringIntoView(number);
  const path = fileOfStep(number);
  if (path !== undefined) await goToHole(path, number);
}

export function bringIntoView(number: string): void {
  requestAnimationFrame(() => {
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    document.getElementById(`step-${number}`)?.scrollIntoView({ block: 'start', behavior });
  });
}

/** In a narrow window, shows one of the columns. */
export function showColumn(column: Column): void {
  if (now().column !== column) update({ column });
}

/** Moves the focus to a column. */
export function focusColumn(column: Column): void {
  showColumn(column);
  requestAnimationFrame(() => {
    const area = document.getElementById(column);
    const target = column === 'editor' ? area?.querySelector<HTMLElement>('.cm-content') : area;
    (target ?? area)?.focus();
  });
}

/** Shows one of the panels of the right column. */
export function showPanel(panel: Panel): void {
  update({ panel, column: 'panel' });
}
