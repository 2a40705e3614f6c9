import { useLayoutEffect, useState } from 'hono/jsx/dom';

import type { CommandAnswer, FileText, GameView, PlaceView, RunView } from '../messages.ts';

/** What the page shows. The text in the editor is not part of it: typing draws nothing else. */
export type PageState = {
  /** 'outdated': the server was started again, and does not accept this page anymore. */
  readonly connection: 'connecting' | 'open' | 'lost' | 'outdated';
  readonly place?: PlaceView | undefined;
  readonly run?: RunView | undefined;
  readonly game: GameView;
  /** The step to work on, and whether the learner has gone there. */
  readonly step?: string | undefined;
  readonly isAtStep: boolean;
  /** The files with a tab, and the one in the editor. */
  readonly tabs: readonly string[];
  readonly path?: string | undefined;
  readonly unsaved: ReadonlySet<string>;
  readonly isSaving: boolean;
  /** The files that others have changed meanwhile, as they are on the disk. */
  readonly conflicts: ReadonlyMap<string, FileText>;
  /** Counts the changes of files on the disk. */
  readonly changes: number;
  readonly notice?: Notice | undefined;
  readonly dialog?: DialogKind | undefined;
  readonly panel: Panel;
  /** The column that a narrow window shows. */
  readonly column: Column;
};

export type Panel = 'result' | 'playground' | 'game' | 'solution';
export type Column = 'instructions' | 'editor' | 'panel';
export type Notice = { readonly text: string; readonly isBad?: boolean };

export type DialogKind =
  | { readonly kind: 'start'; readonly number: number }
  | { readonly kind: 'next' | 'keys' | 'files' }
  | { readonly kind: 'reset'; readonly path?: string | undefined }
  | { readonly kind: 'versions' | 'conflict'; readonly path: string }
  | { readonly kind: 'output'; readonly title: string; readonly answer: CommandAnswer };

let state: PageState = {
  connection: 'connecting',
  game: { state: 'none' },
  isAtStep: false,
  tabs: [],
  unsaved: new Set(),
  isSaving: false,
  conflicts: new Map(),
  changes: 0,
  panel: 'result',
  column: 'instructions',
};
const listeners = new Set<() => void>();

/** What the page shows now. */
export function now(): PageState {
  return state;
}

/** Changes what the page shows. */
export function update(news: Partial<PageState>): void {
  state = { ...state, ...news };
  for (const listener of listeners) listener();
}

/** For a component: it is drawn again on each change. */
export function usePageState(): PageState {
  const [shown, show] = useState(state);
  useLayoutEffect(() => {
    const listener = () => {
      show(state);
    };
    listeners.add(listener);
    listener();
    return () => listeners.delete(listener);
  }, []);
  return shown;
}

/** Tells something in a line at the bottom of the page. */
export function tell(text: string, isBad = false): void {
  update({ notice: { text, isBad } });
}
