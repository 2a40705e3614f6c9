import { typescriptLanguage } from '@codemirror/lang-javascript';
import { classHighlighter, highlightCode } from '@lezer/highlight';

type Piece = { readonly text: string; readonly kind: string };

/** The pieces of TypeScript code, with the classes of the editor. */
function piecesOf(code: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const put = (text: string, kind: string) => void pieces.push({ text, kind });
  highlightCode(code, typescriptLanguage.parser.parse(code), classHighlighter, put, () => put('\n', ''));
  return pieces;
}

/** TypeScript code that is only read. */
export function Code({ text }: { readonly text: string }) {
  return (
    <code>
      {piecesOf(text).map(({ text: piece, kind }) => (kind === '' ? piece : <span class={kind}>{piece}</span>))}
    </code>
  );
}

const known = new Map<string, { readonly __html: string }>();

/**
 * The page of an exercise as the server has sanitized it, with colors in its code. The same text
 * gives the same object, so that it is put into the page once.
 */
export function inColors(html: string): { readonly __html: string } {
  const before = known.get(html);
  if (before !== undefined) return before;
  const colored = html.replaceAll(
    /(<code class="language-ts">)(.*?)(<\/code>)/gs,
    (_, open: string, code: string, close: string) => {
      const pieces = piecesOf(unescaped(code));
      const spans = pieces.map(({ text, kind }) =>
        kind === '' ? escaped(text) : `<span class="${kind}">${escaped(text)}</span>`,
      );
      return `${open}${spans.join('')}${close}`;
    },
  );
  // A long line scrolls, also by the keyboard.
  const result = { __html: colored.replaceAll('<pre>', '<pre tabindex="0">') };
  known.set(html, result);
  return result;
}

const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' } as const;

function unescaped(html: string): string {
  return html.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity as keyof typeof entities]);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
