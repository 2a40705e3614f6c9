import { keep, readKept } from '../kept.ts';

/** A text that is not saved on the disk yet. It survives a crash of the browser. */
export type Draft = {
  readonly path: string;
  readonly text: string;
  /** The hash of the file that it began with. */
  readonly base: string;
  readonly at: number;
};

/** Two open pages have drafts of their own. */
const pageId = (readKept(sessionStorage, 'page') as string | undefined) ?? crypto.randomUUID();
keep(sessionStorage, 'page', pageId);
/** Held as long as this page lives: another one takes over only the drafts of closed pages. */
void navigator.locks.request(`page ${pageId}`, () => new Promise(() => undefined));

const prefix = 'draft';
const keyOf = (scope: string, path: string) => [prefix, scope, pageId, path].join('\n');

/** @param scope the branch */
export function keepDraft(scope: string, path: string, text: string, base: string): boolean {
  return keep(localStorage, keyOf(scope, path), { path, text, base, at: Date.now() } satisfies Draft);
}

export function dropDraft(scope: string, path: string): void {
  keep(localStorage, keyOf(scope, path), undefined);
}

/** The newest draft of a file: one of this page, or of one that is closed. That one moves here. */
export async function findDraft(scope: string, path: string): Promise<Draft | undefined> {
  const { held = [] } = await navigator.locks.query();
  const living = held.flatMap(({ name = '' }) => (name === `page ${pageId}` ? [] : [name.replace(/^page /, '')]));
  const found = Object.keys(localStorage).flatMap((key) => {
    const [kind, branch, page = '', file] = key.split('\n');
    if (kind !== prefix || branch !== scope || file !== path || living.includes(page)) return [];
    const draft = readKept(localStorage, key) as Draft | undefined;
    return draft === undefined ? [] : [{ key, draft }];
  });
  const [newest, ...older] = found.toSorted((one, other) => other.draft.at - one.draft.at);
  for (const { draft } of older) setAside(scope, draft.path, draft.text);
  for (const { key } of found) keep(localStorage, key, undefined);
  if (newest !== undefined) keepDraft(scope, path, newest.draft.text, newest.draft.base);
  return newest?.draft;
}

/** A text that was replaced in the editor, and is on no disk. */
export type AsideText = { readonly path: string; readonly text: string; readonly at: number };

const mostAside = 20;

/** Keeps a text that the editor no longer shows. It is listed with the earlier versions. */
export function setAside(scope: string, path: string, text: string): void {
  const others = textsAside(scope).filter((one) => one.path !== path || one.text !== text);
  keep(localStorage, `aside\n${scope}`, [{ path, text, at: Date.now() }, ...others].slice(0, mostAside));
}

/** The texts that were set aside, the newest first. */
export function textsAside(scope: string): readonly AsideText[] {
  return (readKept(localStorage, `aside\n${scope}`) as readonly AsideText[] | undefined) ?? [];
}
