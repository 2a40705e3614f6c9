import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'hono/jsx/dom';

import { readingSetup } from './editor/setup.ts';

type ComparisonProps = {
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
  /** Lets the learner edit the text on the right, and says what it is now. */
  readonly onEdit?: (text: string) => void;
};
type Side = { readonly title: string; readonly text: string };

/** Two columns need this much room. */
const roomForTwo = '(min-width: 60rem)';

/** Two versions of a file: side by side, or one below the other where there is no room. */
export function Comparison({ path, before, after, onEdit }: ComparisonProps) {
  const host = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const parent = host.current;
    if (parent === null) return undefined;
    const view = matchMedia(roomForTwo).matches ? sideBySide(parent) : unified(parent);
    return () => view.destroy();
  }, [path, before.text, after.text]);

  const sideBySide = (parent: HTMLElement) =>
    new MergeView({
      parent,
      a: { doc: before.text, extensions: setup(`${path}, ${before.title}`, false) },
      b: { doc: after.text, extensions: setup(`${path}, ${after.title}`, true) },
      ...(onEdit && { revertControls: 'a-to-b' as const }),
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: false,
    });
  const unified = (parent: HTMLElement) =>
    new EditorView({
      parent,
      doc: after.text,
      extensions: [
        setup(`${path}, ${before.title} and ${after.title}`, true),
        unifiedMergeView({ original: before.text, mergeControls: onEdit !== undefined, gutter: false }),
      ],
    });
  const setup = (label: string, isAfter: boolean): Extension => [
    readingSetup(path),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorState.readOnly.of(!isAfter || onEdit === undefined),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged && isAfter) onEdit?.(state.doc.toString());
    }),
  ];
  return (
    <div class="comparison">
      <p class="sides">
        <span>{before.title}</span>
        <span>{after.title}</span>
      </p>
      <div class="merge" ref={host} />
    </div>
  );
}
