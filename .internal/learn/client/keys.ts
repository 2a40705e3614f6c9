import { switchSize } from './appearance.ts';
import { saveAndTest } from './editor/saving.ts';
import { focusColumn, showPanel } from './focus.ts';
import { unfoldHint } from './instructions.tsx';
import { nextAction } from './next-action.ts';
import { now, update, type Column } from './state.ts';

const isMac = navigator.platform.startsWith('Mac');
const [mod, alt] = isMac ? ['⌘', '⌥'] : ['Ctrl', 'Alt'];

/** What a letter or digit does together with Alt. Its code does not depend on the layout. */
const withAlt: Readonly<Record<string, () => void>> = {
  Digit1: () => {
    focusColumn('instructions');
  },
  Digit2: () => {
    focusColumn('editor');
  },
  Digit3: () => {
    focusColumn('panel');
  },
  KeyN: () => nextAction(now())?.act(),
  KeyH: () => {
    const { step } = now();
    if (step !== undefined) unfoldHint(step);
  },
  KeyR: () => {
    showPanel('result');
  },
  KeyP: () => {
    showPanel('playground');
  },
  KeyG: () => {
    showPanel('game');
  },
  KeyL: () => {
    showPanel('solution');
  },
  KeyZ: switchSize,
};

export const shortcuts: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: [mod, 'S'], what: 'Save, format and test' },
  { keys: [alt, 'N'], what: 'The next thing to do: the colored button at the top' },
  { keys: [alt, '1'], what: 'To the instructions' },
  { keys: [alt, '2'], what: 'To the editor' },
  { keys: [alt, '3'], what: 'To the result' },
  { keys: [alt, 'H'], what: 'Unfold the next hint' },
  { keys: [alt, 'R'], what: 'Result' },
  { keys: [alt, 'P'], what: 'Playground' },
  { keys: [alt, 'G'], what: 'Game' },
  { keys: [alt, 'L'], what: 'Solution' },
  { keys: [alt, 'Z'], what: 'Larger, for a projector, and back' },
  { keys: ['Escape', 'Tab'], what: 'Leave the editor' },
  { keys: [mod, 'F'], what: 'Search in the editor' },
  { keys: ['Ctrl', 'Space'], what: 'Complete a name' },
  { keys: ['?'], what: 'Show these keys' },
];

const columns: readonly Column[] = ['instructions', 'editor', 'panel'];

/** Listens before the editor does: these keys mean the same everywhere on the page. */
export function listenToKeys(): void {
  document.addEventListener('keydown', press, { capture: true });
}

function press(event: KeyboardEvent): void {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (now().dialog !== undefined) return;
  const isMod = isMac ? metaKey : ctrlKey;
  const act = (work: () => void) => {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) work();
  };
  if (isMod && !altKey && !shiftKey && key.toLowerCase() === 's') act(() => void saveAndTest());
  else if (altKey && !ctrlKey && !metaKey && !shiftKey && withAlt[code] !== undefined) act(withAlt[code]);
  else if (key === 'F6' && !ctrlKey && !altKey && !metaKey)
    act(() => {
      focusNext(shiftKey ? -1 : 1);
    });
  else if (key === '?' && !isTyping(target))
    act(() => {
      update({ dialog: { kind: 'keys' } });
    });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, .cm-content') !== null;
}

/** Goes from column to column, as F6 does between the parts of a program. */
function focusNext(by: number): void {
  const at = columns.findIndex((name) => document.getElementById(name)?.contains(document.activeElement));
  const next = columns[at + by];
  // Behind the last column, the key belongs to the browser again: its bar is next.
  focusColumn(next ?? (by > 0 ? 'instructions' : 'panel'));
}
