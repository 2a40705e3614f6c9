import { RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';

/**
 * Where the code of a step goes: at its `todo`, or else at the comment that names it.
 *
 * @returns a place in the text, or `undefined`
 */
export function holeOf(document: Text, step: string): number | undefined {
  const text = document.toString();
  const hole = text.indexOf(`todo('${step}'`);
  if (hole >= 0) return hole;
  const comment = new RegExp(`Exercises? [\\d., and]*\\b${step.replace('.', '\\.')}(?!\\d)`).exec(text)?.index;
  return comment ?? text.match(/todo\('\d/)?.index;
}

const mark = Decoration.mark({ class: 'cm-hole' });

/** Shows the places that an exercise leaves open. */
export const holes = ViewPlugin.define(
  (view) => ({
    decorations: holesIn(view),
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = holesIn(update.view);
    },
  }),
  { decorations: ({ decorations }) => decorations },
);

function holesIn({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (const { index, 0: text } of state.sliceDoc(from, to).matchAll(/todo\('\d+\.\d+'[^\n]*?\)(?=;|,|$)/gm))
      builder.add(from + index, from + index + text.length, mark);
  }
  return builder.finish();
}
