import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView } from '@codemirror/view';

import type { TypesAnswer, TypesRequest } from '../../messages.ts';
import { askCompiler, isProblem } from '../api.ts';

/** How long the learner has to pause until the compiler is asked. */
const pauseMs = 450;

/** What the compiler knows: errors as marks, types on hover, and completion. */
export function compiler(path: string): Extension {
  const ask = (text: string, request: Pick<TypesRequest, 'ask' | 'at'>) => askAbout({ path, text, ...request });

  const errors = async ({ state }: EditorView): Promise<readonly Diagnostic[]> => {
    const text = state.doc.toString();
    const { errors: faults = [] } = await ask(text, { ask: 'errors', at: 0 });
    return faults
      .filter(({ from }) => from <= text.length)
      .map(({ from, to, message }) => ({
        from,
        to: Math.min(Math.max(to, from), text.length),
        severity: 'error',
        message,
      }));
  };
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w$]+/);
    const isMember = context.matchBefore(/\.$/) !== null;
    if (word === null && !isMember && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const { completions = [] } = await ask(context.state.doc.toString(), { ask: 'complete', at: context.pos });
    if (context.aborted || completions.length === 0) return null;
    const options = completions.map(({ label, kind, from: module }) => ({
      label,
      type: icons[kind] ?? 'variable',
      ...(module !== undefined && { detail: module }),
    }));
    return { from, options, validFor: /^[\w$]*$/ };
  };
  const hover = hoverTooltip(async ({ state }, at) => {
    const { hover: known } = await ask(state.doc.toString(), { ask: 'hover', at });
    if (known === undefined) return null;
    return { pos: known.from, end: known.to, above: true, create: () => ({ dom: hoverBox(known.type, known.text) }) };
  });
  return [linter(errors, { delay: pauseMs }), lintGutter(), autocompletion({ override: [complete] }), hover];
}

/** Without an answer, the editor shows nothing. */
async function askAbout(request: TypesRequest): Promise<TypesAnswer> {
  const answer = await askCompiler(request);
  return isProblem(answer) ? {} : answer;
}

/** The names of the compiler, and those of the editor's icons. */
const icons: Readonly<Record<string, string>> = {
  alias: 'namespace',
  class: 'class',
  const: 'constant',
  enum: 'enum',
  function: 'function',
  interface: 'interface',
  keyword: 'keyword',
  let: 'variable',
  'local function': 'function',
  method: 'method',
  module: 'namespace',
  property: 'property',
  string: 'text',
  type: 'type',
};

/** The editor asks for an element here, and not for a component. */
function hoverBox(type: string, text: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'hover-type';
  const code = box.appendChild(document.createElement('code'));
  code.textContent = type;
  if (text !== '') box.appendChild(document.createElement('p')).textContent = text;
  return box;
}
