import { shortcuts } from '../keys.ts';
import { closeDialog, Dialog } from './dialog.tsx';

/** The keys of the page. */
export function KeysDialog() {
  return (
    <Dialog title="Keys">
      <dl class="keys">
        {shortcuts.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="buttons">
        <button class="primary" onClick={closeDialog}>
          Close
        </button>
      </p>
    </Dialog>
  );
}
