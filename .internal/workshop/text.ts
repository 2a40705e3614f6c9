/**
 * Wraps a text at spaces. Lines with an indent of two spaces or more are code or tables, and stay.
 * A word longer than a line stays whole, so that paths can be copied.
 *
 * @param width the most columns of a line
 */
export function wrap(text: string, width: number): readonly string[] {
  return text
    .split('\n')
    .flatMap((paragraph) => (paragraph.startsWith('  ') ? [paragraph] : wrapParagraph(paragraph, width)))
    .map((line) => line.replaceAll(unbreakable, ' '));
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  return paragraph.split(' ').reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) return [...lines.slice(0, -1), `${last} ${word}`];
    return [...lines, word];
  }, []);
}

const unbreakable = '\u00a0';

/** A command within a text: it is never wrapped, so that it can be copied. */
export function command(text: string): string {
  return text.replaceAll(' ', unbreakable);
}

/** The columns to write in: those of the terminal, up to a readable width. */
export function textWidth(columns: number | undefined): number {
  return Math.min(columns ?? widest, widest);
}

const widest = 100;

/** '1 test', '2 tests'. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** 'a', 'a and b', 'a, b and c'. */
export function enumerate(things: readonly string[]): string {
  if (things.length < 2) return things.join('');
  return `${things.slice(0, -1).join(', ')} and ${things.at(-1) ?? ''}`;
}
