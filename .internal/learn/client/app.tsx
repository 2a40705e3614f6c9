import { useEffect } from 'hono/jsx/dom';

import { EditorColumn } from './editor-column.tsx';
import { Instructions } from './instructions.tsx';
import { PanelColumn } from './panel-column.tsx';
import { update, usePageState, type Column, type PageState } from './state.ts';
import { TopBar } from './top-bar.tsx';
import { announcement } from './announcement.ts';
import { ConflictDialog } from './way/conflict-dialog.tsx';
import { NextDialog, OutputDialog, ResetDialog, StartDialog } from './way/command-dialogs.tsx';
import { FilesDialog } from './way/files-dialog.tsx';
import { KeysDialog } from './way/keys-dialog.tsx';
import { VersionsDialog } from './way/versions-dialog.tsx';

/** How long a notice stays. */
const noticeMs = 9_000;

/** The whole page. */
export function App() {
  const state = usePageState();
  const { place, notice, panel, column } = state;
  const isOnMain = place !== undefined && place.exercise === undefined;
  const exercise = place?.exercise;
  useEffect(() => {
    const name = 'Event Sourcing From The Ground Up';
    document.title = exercise === undefined ? name : `Exercise ${exercise.number}: ${exercise.title} · ${name}`;
  }, [exercise?.number]);
  useEffect(() => {
    if (notice === undefined || notice.isBad === true) return undefined;
    const timer = setTimeout(() => update({ notice: undefined }), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <>
      <TopBar state={state} />
      <ColumnTabs column={column} isOnMain={isOnMain} />
      <main class="columns" data-column={column} data-panel={panel} data-main={isOnMain ? 'true' : undefined}>
        <Instructions state={state} />
        <EditorColumn state={state} />
        <PanelColumn state={state} />
      </main>
      <Bottom state={state} />
      <p class="visually-hidden" role="status">
        {announcement(state)}
      </p>
      <OpenDialog state={state} />
    </>
  );
}

const columnTitles: Record<Column, string> = { instructions: 'Instructions', editor: 'Editor', panel: 'Result' };

/** In a narrow window, one column at a time. */
function ColumnTabs({ column, isOnMain }: { readonly column: Column; readonly isOnMain: boolean }) {
  if (isOnMain) return null;
  return (
    <nav class="column-tabs" aria-label="Columns">
      {(Object.keys(columnTitles) as Column[]).map((name) => (
        <button
          key={name}
          class="tab"
          aria-current={name === column ? 'true' : undefined}
          onClick={() => update({ column: name })}
        >
          {columnTitles[name]}
        </button>
      ))}
    </nav>
  );
}

/** What went wrong with the connection, and short notices. */
function Bottom({ state: { connection, notice } }: { readonly state: PageState }) {
  return (
    <div class="bottom" role="status">
      {connection === 'lost' && (
        <p class="lost" key="lost">
          The connection is lost. Is “npm run learn” still running? Your text is kept in this browser.
        </p>
      )}
      {connection === 'outdated' && (
        <p class="lost" key="outdated">
          The server was started again. Reload the page: your drafts stay.{' '}
          <button onClick={() => location.reload()}>Reload</button>
        </p>
      )}
      {notice && (
        <p class={notice.isBad === true ? 'notice bad' : 'notice'} key="notice">
          {notice.text}{' '}
          <button class="plain" onClick={() => update({ notice: undefined })}>
            Close
          </button>
        </p>
      )}
    </div>
  );
}

function OpenDialog({ state }: { readonly state: PageState }) {
  const { dialog, conflicts } = state;
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'start':
      return <StartDialog key="start" state={state} number={dialog.number} />;
    case 'next':
      return <NextDialog key="next" state={state} />;
    case 'reset':
      return <ResetDialog key="reset" state={state} path={dialog.path} />;
    case 'output':
      return <OutputDialog key="output" title={dialog.title} answer={dialog.answer} />;
    case 'keys':
      return <KeysDialog key="keys" />;
    case 'files':
      return <FilesDialog key="files" state={state} />;
    case 'versions':
      return <VersionsDialog key="versions" path={dialog.path} />;
    case 'conflict': {
      const theirs = conflicts.get(dialog.path);
      return theirs === undefined ? null : <ConflictDialog key="conflict" theirs={theirs} />;
    }
  }
}
