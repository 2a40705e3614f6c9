import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

import { keep, readKept } from '../kept.ts';
import { styleNonce } from '../page-facts.ts';
import { compiler } from './compiler.ts';
import { holes } from './holes.ts';
import { theme } from './theme.ts';

/** What every text has, in the editor and where two are compared. */
export function readingSetup(path: string): Extension {
  return [
    EditorView.cspNonce.of(styleNonce),
    theme,
    lineNumbers(),
    highlightSpecialChars(),
    EditorView.lineWrapping,
    path.endsWith('.ts') ? javascript({ typescript: true }) : [],
    syntaxHighlighting(classHighlighter),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ tabindex: '0' }),
  ];
}

const tabKey = new Compartment();
const tabIndentsKey = 'tab indents';

/** Whether Tab indents. Otherwise it leaves the editor, as elsewhere on a page. */
export function tabIndents(): boolean {
  return (readKept(localStorage, tabIndentsKey) as boolean | undefined) ?? false;
}

const tabKeymap = () => (tabIndents() ? keymap.of([indentWithTab]) : []);

export function chooseTab(view: EditorView, isIndenting: boolean): void {
  keep(localStorage, tabIndentsKey, isIndenting);
  view.dispatch({ effects: tabKey.reconfigure(tabKeymap()) });
}

/** For a text that was not in the editor when the key was chosen. */
export function refreshTab(view: EditorView): void {
  view.dispatch({ effects: tabKey.reconfigure(tabKeymap()) });
}

/** What a file has in the editor. */
export function editingSetup(path: string, isWritable: boolean): Extension {
  const label = isWritable ? `${path}, editor` : `${path}, read only`;
  return [
    readingSetup(path),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    EditorState.readOnly.of(!isWritable),
    history(),
    drawSelection(),
    dropCursor(),
    EditorState.allowMultipleSelections.of(true),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    holes,
    path.endsWith('.ts') ? compiler(path) : [],
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    tabKey.of(tabKeymap()),
  ];
}
