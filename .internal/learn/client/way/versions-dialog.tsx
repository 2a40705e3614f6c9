import { useEffect, useState } from 'hono/jsx/dom';

import { isProblem, readVersion, readVersions } from '../api.ts';
import { Comparison } from '../comparison.tsx';
import { textsAside } from '../editor/drafts.ts';
import { replaceText, scope, textOf } from '../editor/files.ts';
import { unixLines } from '../editor/minimal-changes.ts';
import { tell } from '../state.ts';
import { closeDialog, Dialog } from './dialog.tsx';

type Version = { readonly name: string; readonly at: Date; readonly what: string; readonly text?: string };

/** The earlier versions of a file: saved ones, and drafts that were set aside. */
export function VersionsDialog({ path }: { readonly path: string }) {
  const [versions, setVersions] = useState<readonly Version[] | undefined>(undefined);
  const [chosen, choose] = useState<Required<Version> | undefined>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  useEffect(() => {
    void readVersions(path).then((answer) => {
      if (isProblem(answer)) setTrouble(answer.detail);
      const saved = isProblem(answer) ? [] : answer;
      setVersions(
        [
          ...saved.map(({ name, savedAt }) => ({
            name,
            at: new Date(savedAt),
            what: name.includes('-found-') ? 'found on the disk' : 'saved',
          })),
          ...asideOf(path),
        ].toSorted((one, other) => other.at.getTime() - one.at.getTime()),
      );
    });
  }, [path]);
  const show = async (version: Version) => {
    const answer = version.text === undefined ? await readVersion(version.name) : { text: version.text };
    if (isProblem(answer)) setTrouble(answer.detail);
    else choose({ ...version, text: unixLines(answer.text) });
  };
  const putBack = () => {
    if (chosen === undefined) return;
    replaceText(path, chosen.text, 'typed');
    tell('The earlier version is in the editor. It is not saved yet, and can be undone.');
    closeDialog();
  };
  return (
    <Dialog title={`Earlier versions of ${path}`} isWide>
      {trouble !== undefined && <p class="error">{trouble}</p>}
      {versions?.length === 0 && <p>None yet. Each save keeps one.</p>}
      <div class="versions">
        <ul>
          {versions?.map((version) => (
            <li key={version.name}>
              <button
                aria-pressed={version.name === chosen?.name ? 'true' : 'false'}
                class="plain"
                onClick={() => void show(version)}
              >
                <time dateTime={version.at.toISOString()}>{inWords(version.at)}</time> {version.what}
              </button>
            </li>
          ))}
        </ul>
        {chosen && (
          <Comparison
            key={chosen.name}
            path={path}
            before={{ title: `${inWords(chosen.at)}, ${chosen.what}`, text: chosen.text }}
            after={{ title: 'Now, in the editor', text: textOf(path)?.toString() ?? '' }}
          />
        )}
      </div>
      <p class="buttons">
        <button class="primary" disabled={chosen === undefined} onClick={putBack}>
          Put it into the editor
        </button>
        <button onClick={closeDialog}>Close</button>
      </p>
    </Dialog>
  );
}

function asideOf(path: string): readonly Version[] {
  return textsAside(scope()).flatMap(({ path: of, text, at }) =>
    of === path ? [{ name: `aside ${at}`, at: new Date(at), what: 'set aside, unsaved', text }] : [],
  );
}

function inWords(at: Date): string {
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString([], isToday ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
}
