import { focusColumn } from '../focus.ts';
import { openFile } from '../editor/files.ts';
import type { PageState } from '../state.ts';
import { closeDialog, Dialog } from './dialog.tsx';

/** All files of the exercise: those to write, and those to read. */
export function FilesDialog({ state }: { readonly state: PageState }) {
  const files = state.place?.files ?? [];
  const groups = [
    { title: 'You write', files: files.filter(({ isWritable }) => isWritable) },
    { title: 'Given, to read', files: files.filter(({ isWritable }) => !isWritable) },
  ];
  const open = (path: string) => {
    closeDialog();
    void openFile(path).then(() => focusColumn('editor'));
  };
  return (
    <Dialog title="Files of the exercise">
      {groups.map(({ title, files: own }) => (
        <section key={title} class="file-group">
          <h3>{title}</h3>
          <ul>
            {own.map(({ path }) => (
              <li key={path}>
                <button class="plain" onClick={() => open(path)}>
                  {path}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p class="buttons">
        <button onClick={closeDialog}>Close</button>
      </p>
    </Dialog>
  );
}
