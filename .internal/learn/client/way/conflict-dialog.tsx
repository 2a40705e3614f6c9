import { useMemo, useRef, useState } from 'hono/jsx/dom';

import type { FileText } from '../../messages.ts';
import { Comparison } from '../comparison.tsx';
import { textOf } from '../editor/files.ts';
import { keepMine, takeTheirs } from '../editor/saving.ts';
import { unixLines } from '../editor/minimal-changes.ts';
import { closeDialog, Dialog } from './dialog.tsx';

/** Two versions of a file, of which neither is overwritten before the learner has chosen. */
export function ConflictDialog({ theirs }: { readonly theirs: FileText }) {
  const mine = useMemo(() => textOf(theirs.path)?.toString() ?? '', [theirs.hash]);
  const edited = useRef(mine);
  const [isBusy, setIsBusy] = useState(false);
  const keepOwn = async () => {
    setIsBusy(true);
    if (await keepMine(theirs, edited.current)) closeDialog();
    else setIsBusy(false);
  };
  const take = () => {
    takeTheirs(theirs);
    closeDialog();
  };
  return (
    <Dialog title={`Two versions of ${theirs.path}`} isWide>
      <p>
        The file on the disk was changed while you were editing it here. You can edit yours, and the arrows take single
        changes over.
      </p>
      <Comparison
        path={theirs.path}
        before={{ title: 'On the disk', text: unixLines(theirs.text) }}
        after={{ title: 'Yours', text: mine }}
        onEdit={(text) => (edited.current = text)}
      />
      <p class="buttons">
        <button class="primary" disabled={isBusy} onClick={() => void keepOwn()}>
          {isBusy ? 'Saving' : 'Keep mine'}
        </button>
        <button disabled={isBusy} onClick={take}>
          Take theirs
        </button>
        <button class="plain" onClick={closeDialog}>
          Decide later
        </button>
      </p>
    </Dialog>
  );
}
