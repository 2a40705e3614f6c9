import { useLayoutEffect, useRef, useState } from 'hono/jsx/dom';

import { editorView, mountEditor, openFile } from './editor/files.ts';
import { chooseTab, tabIndents } from './editor/setup.ts';
import { update, type PageState } from './state.ts';

/** The files of the exercise, and the editor. The text itself belongs to the editor alone. */
export function EditorColumn({ state }: { readonly state: PageState }) {
  const { place, tabs, path, unsaved, conflicts } = state;
  const host = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    if (host.current !== null) mountEditor(host.current);
  }, []);
  const isWritable = place?.files.some((file) => file.path === path && file.isWritable) ?? true;
  return (
    <section id="editor" class="column editor" tabindex={-1} aria-label="Editor">
      <FileTabs tabs={tabs} path={path} unsaved={unsaved} hasMore={(place?.files.length ?? 0) > tabs.length} />
      <div class="editor-notices">
        {path !== undefined && conflicts.has(path) && (
          <p class="conflict" key="conflict">
            <span>{path} was changed outside of this page. Nothing is overwritten.</span>
            <button onClick={() => update({ dialog: { kind: 'conflict', path } })}>Compare and choose</button>
          </p>
        )}
        {!isWritable && (
          <p class="given" key="given">
            This file is given: it is read only here, because no step changes it.
          </p>
        )}
      </div>
      <div class={isWritable ? 'host' : 'host read-only'} ref={host} id="editor-panel" />
      <EditorFooter path={path} isWritable={isWritable} isUnsaved={path !== undefined && unsaved.has(path)} />
    </section>
  );
}

type TabsProps = Pick<PageState, 'tabs' | 'path' | 'unsaved'> & { readonly hasMore: boolean };

function FileTabs({ tabs, path, unsaved, hasMore }: TabsProps) {
  /** The arrow keys go from tab to tab. */
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(path ?? '') + step + tabs.length) % tabs.length];
    const list = event.currentTarget as HTMLElement;
    if (next !== undefined)
      void openFile(next).then(() => {
        requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
      });
  };
  return (
    <div class="file-tabs">
      <div class="tabs" role="tablist" aria-label="Files" onKeyDown={press}>
        {tabs.map((tab) => (
          <button
            key={tab}
            role="tab"
            class="tab"
            title={tab}
            aria-selected={tab === path ? 'true' : 'false'}
            aria-controls="editor-panel"
            tabindex={tab === path ? 0 : -1}
            onClick={() => void openFile(tab)}
          >
            {tab.split('/').at(-1)}
            {unsaved.has(tab) && <span class="unsaved-mark" title="unsaved" />}
            {unsaved.has(tab) && <span class="visually-hidden">, unsaved</span>}
          </button>
        ))}
      </div>
      {hasMore && (
        <button class="plain" onClick={() => update({ dialog: { kind: 'files' } })}>
          All files
        </button>
      )}
    </div>
  );
}

type FooterProps = { readonly path: string | undefined; readonly isWritable: boolean; readonly isUnsaved: boolean };

function EditorFooter({ path, isWritable, isUnsaved }: FooterProps) {
  const [isIndenting, setIsIndenting] = useState(tabIndents);
  const choose = (event: Event) => {
    const { checked } = event.currentTarget as HTMLInputElement;
    setIsIndenting(checked);
    const view = editorView();
    if (view !== undefined) chooseTab(view, checked);
  };
  if (path === undefined) return <footer class="editor-footer" />;
  return (
    <footer class="editor-footer">
      <span class="path">
        {path}
        {isUnsaved ? ' · unsaved draft' : ''}
      </span>
      {isWritable && (
        <span class="file-actions">
          <label title="Otherwise Tab leaves the editor. After Escape, it always does.">
            <input type="checkbox" checked={isIndenting} onChange={choose} /> Tab indents
          </label>
          <button class="plain" onClick={() => update({ dialog: { kind: 'versions', path } })}>
            Earlier versions
          </button>
          <button class="plain" onClick={() => update({ dialog: { kind: 'reset', path } })}>
            Reset
          </button>
        </span>
      )}
    </footer>
  );
}
